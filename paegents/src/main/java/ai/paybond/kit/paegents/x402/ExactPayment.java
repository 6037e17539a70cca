package ai.paybond.kit.paegents.x402;

import ai.paybond.kit.paegents.evm.EvmSignature;
import ai.paybond.kit.paegents.usdc.TransferAuthorization;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A signed payment for given requirements. Whoever holds it can collect it: treat it as money until it has expired.
 *
 * @param resource what is paid for; sent in version 2 only
 */
public record ExactPayment(
        ExactRequirements requirements,
        JsonObject resource,
        TransferAuthorization authorization,
        EvmSignature signature) {

    /** What the header carries, in the form of the requirements' version. */
    public JsonObject payload() {
        JsonObject signed = JsonObject.builder()
                .put("signature", signature.hex())
                .put("authorization", authorization.toJson())
                .build();
        JsonObject.Builder payload =
                JsonObject.builder().put("x402Version", requirements.version().number());
        return switch (requirements.version()) {
            case V1 ->
                payload.put("scheme", "exact")
                        .put("network", requirements.network())
                        .put("payload", signed)
                        .build();
            case V2 ->
                payload.put("resource", resource)
                        .put("accepted", requirements.json())
                        .put("payload", signed)
                        .put("extensions", JsonObject.builder().build())
                        .build();
        };
    }

    /** The value of the header {@link X402Version#header()}. */
    public String headerValue() {
        byte[] json = payload().toJson().getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(json);
    }

    /** Without the signature, which is worth money. */
    @Override
    public String toString() {
        return "ExactPayment[authorization=" + authorization + ", signature redacted]";
    }
}
