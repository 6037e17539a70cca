package ai.paybond.kit.harbor;

import ai.paybond.kit.harbor.PolicyValidation.Issue;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/**
 * An organisation's policy with an overlay on top, as the Gateway merged them. Nothing in it has been verified but that it is
 * about the organisation's policy that was asked for.
 *
 * @param document the effective policy
 * @param digest what the Gateway says the document's digest is, {@code sha256:} and 64 hexadecimal digits
 * @param deniedWidenings what the overlay may not do and the Gateway left out
 * @param raw the reply, members unknown to this kit included
 */
public record MergedPolicy(JsonObject document, String digest, List<Issue> deniedWidenings, JsonObject raw) {
    public MergedPolicy {
        deniedWidenings = List.copyOf(deniedWidenings);
    }
}
