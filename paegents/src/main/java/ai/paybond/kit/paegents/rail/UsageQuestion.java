package ai.paybond.kit.paegents.rail;

import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an owner is asked to approve: one call, with exactly these arguments.
 *
 * @param id the same for the same question, different for any other
 * @param argumentsDigest of the canonical arguments, as hex
 * @param cents what the units cost, in cents
 */
public record UsageQuestion(
        String id, String agreementId, String callId, String toolName, String argumentsDigest, long units, long cents) {

    static UsageQuestion of(String agreementId, AuthorizationRequest request, long units, long cents) {
        String digest = Digest32.ofCanonical(request.arguments()).hex();
        String asked = JsonArray.of(List.of(agreementId, request.callId(), request.toolName(), digest, units, cents))
                .toJson();
        String id =
                Digest32.sha256(asked.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
        return new UsageQuestion("use_" + id, agreementId, request.callId(), request.toolName(), digest, units, cents);
    }
}
