package ai.paybond.kit.capability;

import ai.paybond.kit.internal.biscuit.AmbientFacts;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.Scalar;
import ai.paybond.kit.internal.biscuit.VerifiedToken;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Verifies Biscuit capabilities against pinned keys, then against the capability profile, then against their own checks. */
final class LocalCapabilityVerifier implements CapabilityVerifier {

    private final VerifiedTokens tokens;
    private final Clock clock;
    private final CapabilityLimits limits;
    private final Predicate<String> revoked;
    private final HolderCheck holders;
    private final Map<VerifyingKey, String> approvers;

    LocalCapabilityVerifier(
            VerifiedTokens tokens,
            Clock clock,
            CapabilityLimits limits,
            Predicate<String> revoked,
            HolderCheck holders,
            Map<VerifyingKey, String> approvers) {
        this.tokens = tokens;
        this.clock = clock;
        this.limits = limits;
        this.revoked = revoked;
        this.holders = holders;
        this.approvers = Map.copyOf(approvers);
    }

    @Override
    public CapabilityVerdict verify(@Nullable CapabilityToken token, @Nullable CapabilityRequest request) {
        return answer(token, request, true);
    }

    @Override
    public CapabilityVerdict preview(@Nullable CapabilityToken token, @Nullable CapabilityRequest request) {
        return answer(token, request, false);
    }

    @Override
    public CapabilityVerdict admit(@Nullable CapabilityToken token, String tenantId, String intentId) {
        if (token == null) {
            return refused(new Refusal(DenyCodes.CAPABILITY_MISSING, "there is no capability"));
        }
        CapabilityRequest expected = new CapabilityRequest(
                tenantId, intentId, "", 0, null, JsonObject.builder().build());
        return answering(() -> {
            VerifiedToken verified = open(token);
            CapabilityClaims claims = Claims.of(verified.grant(), verified.revocationIds());
            GrantPolicy.requireOwner(claims, expected, now());
            return new CapabilityVerdict.Verified(claims);
        });
    }

    private CapabilityVerdict answer(
            @Nullable CapabilityToken token, @Nullable CapabilityRequest request, boolean consuming) {
        if (token == null || request == null) {
            return refused(new Refusal(DenyCodes.CAPABILITY_MISSING, "there is no capability or nothing to check"));
        }
        return answering(() -> judge(token, request, consuming));
    }

    private interface Judgement {
        CapabilityVerdict get() throws Refusal, RejectedTokenException;
    }

    private static CapabilityVerdict answering(Judgement judgement) {
        try {
            return judgement.get();
        } catch (Refusal refusal) {
            return refused(refusal);
        } catch (RejectedTokenException rejected) {
            return refused(Refusal.of(rejected));
        } catch (RuntimeException | StackOverflowError e) {
            // nothing is known to end here; whatever does must not become an answer other than no
            return refused(new Refusal(DenyCodes.CAPABILITY_MALFORMED, "the capability could not be verified"));
        }
    }

    private CapabilityVerdict judge(CapabilityToken token, CapabilityRequest request, boolean consuming)
            throws Refusal, RejectedTokenException {
        VerifiedToken verified = open(token);
        CapabilityClaims claims = Claims.of(verified.grant(), verified.revocationIds());
        Instant now = now();
        GrantPolicy.require(claims, request, now);
        Set<String> proved = holders.require(verified, request, now);
        verified.authorize(ambientFacts(request, now, proved));
        if (consuming) {
            holders.consume(verified, request, now);
        }
        return new CapabilityVerdict.Verified(claims, Approvals.of(verified, request, now, approvers));
    }

    private VerifiedToken open(CapabilityToken token) throws Refusal, RejectedTokenException {
        VerifiedToken verified = tokens.verify(TokenText.decode(token, limits));
        requireNotRevoked(verified);
        return verified;
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

    private AmbientFacts ambientFacts(CapabilityRequest request, Instant now, Set<String> provedHolders)
            throws Refusal {
        Map<String, Scalar> arguments = ArgumentFacts.of(request.arguments(), limits.maxArguments());
        return new AmbientFacts(
                now.getEpochSecond(),
                request.tenantId(),
                request.intentId(),
                request.operation(),
                request.spendCents(),
                request.currency(),
                arguments,
                provedHolders);
    }

    private static Refusal clockInvalid() {
        return new Refusal(DenyCodes.CAPABILITY_CLOCK_INVALID, "the clock cannot be read or is before 1970");
    }

    private static CapabilityVerdict refused(Refusal refusal) {
        return new CapabilityVerdict.Refused(refusal.reason());
    }
}
