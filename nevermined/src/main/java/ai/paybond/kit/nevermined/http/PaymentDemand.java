package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A 402 answer: what would pay in the {@code payment-required} header, a sentence for people in the body.
 *
 * @param required what would pay
 * @param message for people
 */
public record PaymentDemand(PaymentRequired required, String message) {
    /** The status of the answer. */
    public static final int STATUS = 402;

    /** The headers of the answer. */
    public Map<String, String> headers() {
        return Map.of(PaymentRequired.HEADER, required.toHeader(), "Content-Type", "application/json");
    }

    /** The body of the answer. */
    public JsonObject body() {
        return JsonObject.builder()
                .put("error", "Payment Required")
                .put("message", message)
                .build();
    }

    /** The body of the answer in UTF-8. */
    public byte[] bytes() {
        return body().toJson().getBytes(StandardCharsets.UTF_8);
    }
}
