package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.Approval;
import ai.paybond.kit.internal.biscuit.VerifiedToken;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Picks the approvals in a token that are for exactly one call. */
final class Approvals {

    private Approvals() {}

    static List<GrantedApproval> of(
            VerifiedToken token, CapabilityRequest request, Instant now, Map<VerifyingKey, String> approvers) {
        if (token.approvals().isEmpty()) {
            return List.of();
        }
        String digest;
        try {
            digest = HolderProof.argumentsDigest(request.arguments()).hex();
        } catch (JsonException e) {
            return List.of();
        }
        return token.approvals().stream()
                .filter(approval -> isFor(approval, request, digest, now))
                .map(approval -> granted(approval, approvers.getOrDefault(approval.approver(), "")))
                .filter(approval -> !approval.approver().isEmpty())
                .toList();
    }

    private static boolean isFor(Approval approval, CapabilityRequest request, String digest, Instant now) {
        return approval.operation().equals(request.operation())
                && approval.argumentsDigest().equals(digest)
                && request.spendCents() <= approval.maxSpendCents()
                && now.getEpochSecond() < approval.expiresAt();
    }

    private static GrantedApproval granted(Approval approval, String approver) {
        return new GrantedApproval(
                approver, approval.requestId(), approval.maxSpendCents(), Instant.ofEpochSecond(approval.expiresAt()));
    }
}
