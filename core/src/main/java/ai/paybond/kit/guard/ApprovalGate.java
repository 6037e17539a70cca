package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Holds what the tool's declaration wants a person to approve. The last gate: nobody is asked about what is refused anyway. */
final class ApprovalGate implements CallGate {
    private static final DenyReason WANTED =
            DenyReason.local(GuardCodes.APPROVAL_REQUIRED, "a person has to approve this call before it runs");

    private final CapabilityCheck capability;

    ApprovalGate(CapabilityCheck capability) {
        this.capability = capability;
    }

    @Override
    public Optional<Decision> objection(ResolvedCall call) {
        boolean asks = call.approval() == null
                && call.tool().needsApproval(call.facts().spendCents())
                && !capability.isApproved(call, requestId(call));
        return asks
                ? Optional.of(new Decision.ApprovalRequired(requestId(call), null, digestOf(call.call()), null, WANTED))
                : Optional.empty();
    }

    static String digestOf(ToolCall call) {
        return Digest32.ofCanonical(call.arguments()).hex();
    }

    /** The same for the same call, in every process. */
    static String requestId(ResolvedCall call) {
        String request = JsonArray.of(List.of(
                        call.key().intentId(), call.key().callId(), call.facts().callDigest()))
                .toJson();
        return "local-"
                + Digest32.sha256(request.getBytes(StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 32);
    }
}
