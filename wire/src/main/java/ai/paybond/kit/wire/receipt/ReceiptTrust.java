package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.TrustedKeys;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier of agent receipts asks for. Immutable; each method answers a changed copy. Nothing is trusted by
 * default: no operator, and only the Gateway keys given to {@link #in}. Source: Paybond Kit wire format, section 11.4,
 * except that there an empty list of keys means any key.
 */
public final class ReceiptTrust {
    private final TrustedKeys gatewayKeys;
    private final TrustedKeys operatorKeys;
    private final ValidityTier requiredTier;
    private final @Nullable Digest32 expectedPrior;

    private ReceiptTrust(
            TrustedKeys gatewayKeys,
            TrustedKeys operatorKeys,
            ValidityTier requiredTier,
            @Nullable Digest32 expectedPrior) {
        this.gatewayKeys = Objects.requireNonNull(gatewayKeys, "gatewayKeys");
        this.operatorKeys = Objects.requireNonNull(operatorKeys, "operatorKeys");
        this.requiredTier = Objects.requireNonNull(requiredTier, "requiredTier");
        this.expectedPrior = expectedPrior;
    }

    /** Vouches for these Gateway keys and for no operator; asks for the lowest tier. */
    public static ReceiptTrust in(TrustedKeys gatewayKeys) {
        return new ReceiptTrust(gatewayKeys, TrustedKeys.of(), ValidityTier.OPERATIONAL, null);
    }

    /**
     * The operators vouched for. None by default, which refuses any receipt with an operator's attestation; with
     * {@link TrustedKeys#unpinned()} attestations are checked for wholeness only and count for no tier.
     */
    public ReceiptTrust operators(TrustedKeys keys) {
        return new ReceiptTrust(gatewayKeys, keys, requiredTier, expectedPrior);
    }

    /** The tier a receipt must reach. */
    public ReceiptTrust requiring(ValidityTier tier) {
        return new ReceiptTrust(gatewayKeys, operatorKeys, tier, expectedPrior);
    }

    /** The digest of the receipt that this one must follow. */
    public ReceiptTrust following(Digest32 prior) {
        return new ReceiptTrust(gatewayKeys, operatorKeys, requiredTier, prior);
    }

    TrustedKeys gatewayKeys() {
        return gatewayKeys;
    }

    TrustedKeys operatorKeys() {
        return operatorKeys;
    }

    ValidityTier requiredTier() {
        return requiredTier;
    }

    Optional<Digest32> expectedPrior() {
        return Optional.ofNullable(expectedPrior);
    }
}
