package ai.paybond.kit.guard;

import ai.paybond.kit.capability.CapabilityException;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.CapabilityVerdict.NotChecked;
import ai.paybond.kit.capability.CapabilityVerdict.Refused;
import ai.paybond.kit.capability.CapabilityVerdict.Verified;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.capability.SignedApproval;
import ai.paybond.kit.guard.HolderKey.HolderKeyException;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies the capability here, before anyone is asked over the network. */
final class CapabilityCheck implements CallGate {
    private static final Logger log = LoggerFactory.getLogger(CapabilityCheck.class);

    private final CapabilityVerifier verifier;
    private final CapabilityBinding binding;
    private final @Nullable HolderKey holder;

    CapabilityCheck(CapabilityVerifier verifier, CapabilityBinding binding, @Nullable HolderKey holder) {
        this.verifier = verifier;
        this.binding = binding;
        this.holder = holder;
    }

    @Override
    public Optional<Decision> objection(ResolvedCall call) {
        return call.tool().isSideEffecting()
                ? refusal(verdictOn(call)).map(Decision.Denied::because)
                : Optional.empty();
    }

    /** What was found, if the capability itself was checked, which a verifier may leave to the authority. */
    Optional<Verified> verified(ResolvedCall call) {
        return verdictOn(call) instanceof Verified verified ? Optional.of(verified) : Optional.empty();
    }

    /** Uses up what the caller brought for this one call; asked when nothing else here speaks against the call. */
    Optional<Decision> useUp(ResolvedCall call) {
        return call.call().credentials().proof() == null
                ? Optional.empty()
                : refusal(verdictOn(call, verifier::verify)).map(Decision.Denied::because);
    }

    /** Whether the capability, or what came with the call, holds a trusted approver's answer to exactly this request. */
    boolean isApproved(ResolvedCall call, String requestId) {
        return verdictOn(call) instanceof Verified verified
                && verified.approvals().stream()
                        .anyMatch(approval -> approval.requestId().equals(requestId));
    }

    private static Optional<DenyReason> refusal(@Nullable CapabilityVerdict verdict) {
        if (verdict instanceof Verified || verdict instanceof NotChecked) {
            return Optional.empty();
        }
        if (verdict instanceof Refused refused) {
            return Optional.of(refused.reason());
        }
        return Optional.of(DenyReason.local(GuardCodes.CAPABILITY_UNVERIFIABLE, "the capability could not be judged"));
    }

    private @Nullable CapabilityVerdict verdictOn(ResolvedCall call) {
        return verdictOn(call, verifier::preview);
    }

    private @Nullable CapabilityVerdict verdictOn(
            ResolvedCall call, BiFunction<CapabilityToken, CapabilityRequest, CapabilityVerdict> judge) {
        try {
            return judge.apply(tokenFor(call), proved(call));
        } catch (HolderKeyException e) {
            log.error("the holder's key could not sign call {}", call.key(), e);
            return new Refused(HolderKeyException.REASON);
        } catch (CapabilityException e) {
            return new Refused(DenyReason.local(e.code(), "the approval cannot be added to the capability"));
        } catch (Throwable e) {
            log.error("the capability verifier failed", e);
            return null;
        }
    }

    private CapabilityToken tokenFor(ResolvedCall call) {
        SignedApproval approval = call.call().credentials().approval();
        return approval == null ? binding.token() : approval.appendTo(binding.token());
    }

    private CapabilityRequest proved(ResolvedCall call) {
        HolderProof given = call.call().credentials().proof();
        if (given != null) {
            return requestFor(call).provedBy(given, call.key().callId());
        }
        return holder == null ? requestFor(call) : holder.prove(requestFor(call));
    }

    private CapabilityRequest requestFor(ResolvedCall call) {
        return binding.requestFor(call.facts(), call.call().arguments());
    }
}
