package ai.paybond.kit.examples.hotel;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A ride from the airport to the hotel.
 *
 * @param confirmation the hotel's number for it, unique within one service
 * @param costCents the price, in cents
 */
public record Transfer(String confirmation, String city, long costCents) {
    /** The ride as the service sends it. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("confirmation", confirmation)
                .put("city", city)
                .put("cost_cents", costCents)
                .build();
    }

    /** The ride with the same members, for a framework that writes its own JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> members = new LinkedHashMap<>();
        toJson().members().forEach((name, value) -> members.put(name, Objects.requireNonNull(value.toJava())));
        return members;
    }

    static Transfer fromJson(JsonObject json) {
        return new Transfer(
                json.string("confirmation").orElseThrow(),
                json.string("city").orElseThrow(),
                json.integer("cost_cents").orElseThrow());
    }
}
