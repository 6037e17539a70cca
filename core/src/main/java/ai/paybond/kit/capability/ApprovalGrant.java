package ai.paybond.kit.capability;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.biscuit.Approval;
import ai.paybond.kit.internal.biscuit.ForeignBlock;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;

/**
 * What an approver agrees to: one operation with exactly these arguments, up to an amount, until a time. Signed for the
 * end of one capability, it becomes a block of it that any verifier with the approver's key can check offline.
 *
 * @param operation the operation that the capability grants
 * @param argumentsDigest of the call's arguments; see {@link #digestOf}
 * @param maxSpendCents the highest spend, in cents
 * @param expiresAt the first instant at which the approval is no longer valid, rounded down to the second
 * @param requestId which request is answered; at most {@value #MAX_REQUEST_ID} characters
 */
public record ApprovalGrant(
        String operation, Digest32 argumentsDigest, long maxSpendCents, Instant expiresAt, String requestId) {

    /** Longest id of a request, in UTF-16 units. */
    public static final int MAX_REQUEST_ID = 128;

    /**
     * @throws ConfigurationException {@code capability.approval} when a text is blank or too long, the amount is negative,
     *     or the expiry is before 1970
     */
    public ApprovalGrant {
        boolean named = !operation.isBlank() && !requestId.isBlank() && requestId.length() <= MAX_REQUEST_ID;
        if (!named || maxSpendCents < 0 || expiresAt.isBefore(Instant.EPOCH)) {
            throw new ConfigurationException(
                    "capability.approval", "an approval names operation, request, amount and a time to come");
        }
    }

    /**
     * The SHA-256 of the arguments' canonical JSON.
     *
     * @throws ai.paybond.kit.wire.json.JsonException when they have no unambiguous canonical form
     */
    public static Digest32 digestOf(JsonObject arguments) {
        return HolderProof.argumentsDigest(arguments);
    }

    /**
     * Signs the approval.
     *
     * @param approver with the key that verifiers know by {@link CapabilityVerifier.Builder#approverKey}
     * @param place where in which capability it will stand
     */
    public SignedApproval sign(Signer approver, ApprovalPlace place) {
        Approval approval = new Approval(
                approver.publicKey(),
                operation,
                argumentsDigest.hex(),
                maxSpendCents,
                expiresAt.getEpochSecond(),
                requestId);
        return new SignedApproval(ForeignBlock.approving(approval, approver, place.place()));
    }
}
