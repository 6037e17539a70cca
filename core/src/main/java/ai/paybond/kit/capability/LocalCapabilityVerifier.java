package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.AmbientFacts;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.Scalar;
import ai.paybond.kit.internal.biscuit.VerifiedToken;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Verifies Biscuit capabilities against pinned keys, then against the capability profile, then against their own checks. */
final class LocalCapabilityVerifier implements CapabilityVerifier {

    private final VerifiedTokens tokens;
    private final Clock clock;
    private final CapabilityLimits limits;
    private final Predicate<String> revoked;

    LocalCapabilityVerifier(
            Map<Integer, VerifyingKey> rootKeys, Clock clock, CapabilityLimits limits, Predicate<String> revoked) {
        this.tokens = new VerifiedTokens(rootKeys, limits.forToken());
        this.clock = clock;
        this.limits = limits;
        this.revoked = revoked;
    }

    @Override
    public CapabilityVerdict verify(@Nullable CapabilityToken token, @Nullable CapabilityRequest request) {
        if (token == null || request == null) {
            return refused(new Refusal(DenyCodes.CAPABILITY_MISSING, "there is no capability or nothing to check"));
        }
        try {
            return new CapabilityVerdict.Verified(judge(token, request));
        } catch (Refusal refusal) {
            return refused(refusal);
        } catch (RejectedTokenException rejected) {
            return refused(Refusal.of(rejected));
        } catch (RuntimeException | StackOverflowError e) {
            // nothing is known to end here; whatever does must not become an answer other than no
            return refused(new Refusal(DenyCodes.CAPABILITY_MALFORMED, "the capability could not be verified"));
        }
    }

    private CapabilityClaims judge(CapabilityToken token, CapabilityRequest request)
            throws Refusal, RejectedTokenException {
        VerifiedToken verified = tokens.verify(TokenText.decode(token, limits));
        requireNotRevoked(verified);
        CapabilityClaims claims = Claims.of(verified.grant(), verified.revocationIds());
        Instant now = now();
        GrantPolicy.require(claims, request, now);
        verified.authorize(ambientFacts(request, now));
        return claims;
    }

    private void requireNotRevoked(VerifiedToken token) throws Refusal {
        boolean isRevoked;
        try {
            isRevoked = token.revocationIds().stream().anyMatch(revoked);
        } catch (RuntimeException e) {
            throw new Refusal(DenyCodes.CAPABILITY_REVOCATION_UNKNOWN, "revocation could not be looked up");
        }
        if (isRevoked) {
            throw new Refusal(DenyCodes.CAPABILITY_REVOKED, "the capability was revoked");
        }
    }

    private Instant now() throws Refusal {
        try {
            Instant now = clock.instant();
            if (now.isBefore(Instant.EPOCH)) {
                throw clockInvalid();
            }
            return now;
        } catch (RuntimeException e) {
            throw clockInvalid();
        }
    }

    private AmbientFacts ambientFacts(CapabilityRequest request, Instant now) throws Refusal {
        Map<String, Scalar> arguments = ArgumentFacts.of(request.arguments(), limits.maxArguments());
        return new AmbientFacts(
                now.getEpochSecond(),
                request.tenantId(),
                request.intentId(),
                request.operation(),
                request.spendCents(),
                request.currency(),
                arguments);
    }

    private static Refusal clockInvalid() {
        return new Refusal(DenyCodes.CAPABILITY_CLOCK_INVALID, "the clock cannot be read or is before 1970");
    }

    private static CapabilityVerdict refused(Refusal refusal) {
        return new CapabilityVerdict.Refused(refusal.reason());
    }
}
