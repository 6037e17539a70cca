package ai.paybond.kit.harbor;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Harbor's answer to "may this call be made". A denial is an answer, not an error.
 *
 * @param allow whether the call may be made; a JSON boolean on the wire and nothing else
 * @param auditId the UUID of the audit entry, kept for allowed and denied calls alike
 * @param code why not; absent when allowed
 * @param message the server's sentence for people; absent when allowed. Untrusted text
 * @param decisionId the reservation to complete after the tool ran; absent on direct Harbor
 * @param approvalRequestId the approval that a person has to give
 * @param reasonCodes what the spend policy found, in its own codes
 * @param remainingCents what is left of the budget, in cents
 * @param retryAfterSeconds when asking again makes sense, in seconds
 * @param raw the whole reply, members unknown to this kit included
 */
public record VerifyResult(
        boolean allow,
        String auditId,
        @Nullable String code,
        @Nullable String message,
        @Nullable String decisionId,
        @Nullable String approvalRequestId,
        List<String> reasonCodes,
        @Nullable Long remainingCents,
        @Nullable Long retryAfterSeconds,
        JsonObject raw) {

    private static final String APPROVAL_REQUIRED = "approval_required";

    private static final Set<String> HOLDING_REASONS = Set.of(
            "approval_threshold_exceeded",
            "approval_required_pending",
            "approval_quorum_incomplete",
            "anomaly_new_vendor",
            "anomaly_amount_spike",
            "anomaly_rapid_auth",
            "anomaly_cap_proximity");

    public VerifyResult {
        reasonCodes = List.copyOf(reasonCodes);
    }

    /** Whether the refusal only waits for a person's approval. Never true of an allowed call. */
    public boolean approvalRequired() {
        return !allow && (APPROVAL_REQUIRED.equals(code) || reasonCodes.stream().anyMatch(HOLDING_REASONS::contains));
    }
}
