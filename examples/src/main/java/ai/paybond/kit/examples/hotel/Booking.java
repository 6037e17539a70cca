package ai.paybond.kit.examples.hotel;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A booking as the hotel keeps it.
 *
 * @param confirmation the hotel's number for it, unique within one service
 * @param status {@code completed}, or {@code cancelled}
 * @param costCents the whole price, in cents
 */
public record Booking(String confirmation, String city, int nights, long costCents, String status) {
    /** The booking as the service sends it. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("confirmation", confirmation)
                .put("status", status)
                .put("city", city)
                .put("nights", nights)
                .put("cost_cents", costCents)
                .build();
    }

    /** The booking with the same members, for a framework that writes its own JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> members = new LinkedHashMap<>();
        toJson().members().forEach((name, value) -> members.put(name, Objects.requireNonNull(value.toJava())));
        return members;
    }

    static Booking fromJson(JsonObject json) {
        return new Booking(
                json.string("confirmation").orElseThrow(),
                json.string("city").orElseThrow(),
                Math.toIntExact(json.integer("nights").orElseThrow()),
                json.integer("cost_cents").orElseThrow(),
                json.string("status").orElseThrow());
    }
}
