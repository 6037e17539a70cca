package ai.paybond.kit.internal.biscuit;

import ai.paybond.kit.wire.ed25519.VerifyingKey;

/**
 * What a third party approved, as its block states it.
 *
 * @param approver the key that signed the block
 * @param argumentsDigest SHA-256 of the arguments' canonical JSON, as lower-case hex
 * @param maxSpendCents the highest spend that is approved
 * @param expiresAt in seconds since 1970
 */
public record Approval(
        VerifyingKey approver,
        String operation,
        String argumentsDigest,
        long maxSpendCents,
        long expiresAt,
        String requestId) {}
