package ai.paybond.kit.examples.hotel;

import ai.paybond.kit.wire.json.JsonObject;

/**
 * A wish for a room.
 *
 * @param maxPriceCents what the guest pays at most for the whole stay, in cents
 */
public record BookingRequest(String city, int nights, long maxPriceCents) {
    JsonObject toJson() {
        return JsonObject.builder()
                .put("city", city)
                .put("nights", nights)
                .put("max_price_cents", maxPriceCents)
                .build();
    }

    /** Reads what a client sent: a city, 1 to 30 nights, a price of at least 0 cents; refused as {@code bad_request} otherwise. */
    static BookingRequest fromJson(JsonObject json) {
        String city = json.string("city").filter(name -> !name.isBlank()).orElseThrow(BookingRequest::unusable);
        long nights = json.integer("nights").filter(n -> n >= 1 && n <= 30).orElseThrow(BookingRequest::unusable);
        long price = json.integer("max_price_cents").filter(p -> p >= 0).orElseThrow(BookingRequest::unusable);
        return new BookingRequest(city, (int) nights, price);
    }

    private static BookingRefusedException unusable() {
        return new BookingRefusedException(
                BookingRefusal.BAD_REQUEST, "city, nights (1 to 30) and max_price_cents (0 or more) are required");
    }
}
