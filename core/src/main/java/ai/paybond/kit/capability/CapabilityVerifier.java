package ai.paybond.kit.capability;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.biscuit.ThirdParties;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says, without a network, whether a capability covers one tool call. Implementations are thread-safe, never throw, and
 * do a bounded amount of work whatever the token holds.
 *
 * <p>A {@link CapabilityVerdict.Verified} verdict promises that every signature of the token leads to a pinned root key,
 * that tenant, intent, operation, currency, spend and expiry are those the issuer granted, and that every check which
 * was added on the way holds for this call. It does not promise that money is left: only the authority knows that.
 */
@FunctionalInterface
public interface CapabilityVerifier {

    /**
     * Judges one call. A holder's proof that the token needs is used up when the call is verified.
     *
     * @param token the capability; null or empty is refused as {@value DenyCodes#CAPABILITY_MISSING}
     * @param request the call; null is refused the same way
     */
    CapabilityVerdict verify(@Nullable CapabilityToken token, @Nullable CapabilityRequest request);

    /**
     * Judges one call as {@link #verify} does and changes nothing: a holder's proof can still be used afterwards. For
     * looking ahead; what runs a tool has to ask {@link #verify}.
     */
    default CapabilityVerdict preview(@Nullable CapabilityToken token, @Nullable CapabilityRequest request) {
        return verify(token, request);
    }

    /**
     * Judges a capability that was received, before any call is made with it: its signatures, revocation, tenant, intent
     * and expiry. The default looks at nothing.
     *
     * @param tenantId the tenant realm that it must be for
     * @param intentId the intent that it must be for
     */
    default CapabilityVerdict admit(@Nullable CapabilityToken token, String tenantId, String intentId) {
        return new CapabilityVerdict.NotChecked();
    }

    /** A verifier of Biscuit capabilities; at least one root key has to be pinned. */
    static Builder builder() {
        return new Builder();
    }

    /**
     * A verifier that looks at nothing and leaves every decision to the authority. For services that do not publish
     * their root key; everything else should pin one.
     */
    static CapabilityVerifier remoteOnly() {
        return (token, request) -> new CapabilityVerdict.NotChecked();
    }

    /** Collects what a verifier trusts. Not thread-safe; can be used again after {@link #build()}. */
    final class Builder {

        private final Map<Integer, VerifyingKey> rootKeys = new TreeMap<>();
        private Clock clock = Clock.systemUTC();
        private CapabilityLimits limits = CapabilityLimits.DEFAULT;
        private Predicate<String> revoked = id -> false;
        private HolderProofLimits holderProofs = HolderProofLimits.DEFAULT;
        private final Map<VerifyingKey, String> approvers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Pins a root key. Tokens carry the identifier of the key that signed them; a token without one, or with one
         * that is not pinned, is refused.
         *
         * @throws ConfigurationException with code {@code capability.root_key} when the identifier is negative or taken
         */
        public Builder rootKey(int id, VerifyingKey key) {
            if (id < 0 || rootKeys.putIfAbsent(id, key) != null) {
                throw new ConfigurationException(
                        "capability.root_key", "a root key identifier is unique and not negative");
            }
            return this;
        }

        /** The clock that expiry is read on; default the system's. */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /** The bounds for tokens and arguments; default {@link CapabilityLimits#DEFAULT}. */
        public Builder limits(CapabilityLimits limits) {
            this.limits = limits;
            return this;
        }

        /**
         * Tells which tokens were revoked; default none. It is asked for every block's revocation identifier, as
         * lower-case hex, of a token whose signatures hold. When it throws, the call is refused as
         * {@value DenyCodes#CAPABILITY_REVOCATION_UNKNOWN}.
         */
        public Builder revokedIds(Predicate<String> revoked) {
            this.revoked = revoked;
            return this;
        }

        /**
         * The window and the memory for holders' proofs; default {@link HolderProofLimits#DEFAULT}. The memory is this
         * verifier's own: a proof is accepted once by each verifier, and a shared journal keeps its call from running twice.
         */
        public Builder holderProofs(HolderProofLimits limits) {
            this.holderProofs = limits;
            return this;
        }

        /**
         * Trusts a key to approve calls in blocks that it adds to tokens; default none, and then a token with such a block
         * is refused as {@value DenyCodes#CAPABILITY_UNSUPPORTED}.
         *
         * @param name of the approver, for people
         * @throws ConfigurationException with code {@code capability.approver} when the name is blank or the key is taken
         */
        public Builder approverKey(String name, VerifyingKey key) {
            if (name.isBlank() || approvers.putIfAbsent(key, name) != null) {
                throw new ConfigurationException("capability.approver", "an approver has a name and a key of its own");
            }
            return this;
        }

        /**
         * Builds the verifier.
         *
         * @throws ConfigurationException with code {@code capability.root_key} when no root key is pinned
         */
        public CapabilityVerifier build() {
            if (rootKeys.isEmpty()) {
                throw new ConfigurationException(
                        "capability.root_key", "pin at least one root key to verify capabilities");
            }
            return new LocalCapabilityVerifier(
                    new VerifiedTokens(rootKeys, ThirdParties.of(approvers.keySet()), limits.forToken()),
                    clock,
                    limits,
                    revoked,
                    new HolderCheck(holderProofs),
                    approvers);
        }
    }
}
