package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Gateway would say to a spend now. It holds nothing: the same spend may be refused a moment later.
 *
 * @param outcome what {@code /verify} would answer
 * @param classification the Gateway's word for it
 * @param reasonCodes why, in the Gateway's words; empty when there is nothing to explain
 * @param remainingCents what the intent has left; absent when the Gateway does not say
 * @param policyVersion of the tenant's spend policy; absent when the Gateway does not say
 * @param explanation for people
 * @param raw the reply, members unknown to this kit included
 */
public record PreflightResult(
        Outcome outcome,
        String classification,
        List<String> reasonCodes,
        @Nullable Long remainingCents,
        @Nullable Long policyVersion,
        @Nullable String explanation,
        JsonObject raw) {
    public PreflightResult {
        reasonCodes = List.copyOf(reasonCodes);
    }

    /** What would become of the spend. */
    public enum Outcome {
        /** It would be allowed. */
        ALLOWED,
        /** A person would be asked. */
        APPROVAL_REQUIRED,
        /** It would be denied. Also what an outcome that this kit does not know counts as. */
        DENIED
    }
}
