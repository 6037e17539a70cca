package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.guard.HolderKey.HolderKeyException;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.HeldCall;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the authority, and makes an answer of not getting one. */
final class AuthorityCheck {
    private static final Logger log = LoggerFactory.getLogger(AuthorityCheck.class);
    private static final DenyReason OUT_OF_REACH = DenyReason.remote(
            GuardCodes.AUTHORITY_UNREACHABLE, "the authority could not be reached, so the call was not made");

    private final ToolAuthority authority;
    private final CapabilityBinding binding;
    private final AgentContext agent;
    private final HolderProofs proofs;
    private final @Nullable OfflineMode offline;

    AuthorityCheck(
            ToolAuthority authority,
            CapabilityBinding binding,
            AgentContext agent,
            HolderProofs proofs,
            @Nullable OfflineMode offline) {
        this.authority = authority;
        this.binding = binding;
        this.agent = agent;
        this.proofs = proofs;
        this.offline = offline;
    }

    Decision ask(ResolvedCall call, int attempt) {
        try {
            return answer(requestFor(call, attempt));
        } catch (AuthorityUnreachableException e) {
            log.warn("the authority is out of reach for tool {}", call.tool().toolName());
            return offline == null ? Decision.Denied.because(OUT_OF_REACH) : offline.decide(call);
        } catch (HolderKeyException e) {
            log.error("the holder's key could not sign call {}", call.key(), e);
            return Decision.Denied.because(HolderKeyException.REASON);
        } catch (PaybondException e) {
            log.warn(
                    "the authority gave no usable answer for tool {}: {}",
                    call.tool().toolName(),
                    e.code());
            return Decision.Denied.because(
                    DenyReason.remote(e.code(), "the authority gave no usable answer, so the call was not made"));
        } catch (Throwable e) {
            log.warn(
                    "the authority could not be asked for tool {}: {}",
                    call.tool().toolName(),
                    e.getClass().getName());
            log.debug("the authority could not be asked", e);
            return Decision.Denied.because(DenyReason.local(
                    GuardCodes.AUTHORITY_UNREACHABLE, "the authority could not be asked, so the call was not made"));
        }
    }

    /**
     * Asks about a call that ran without having been asked about; equal to the question that could not be asked then.
     *
     * @throws RuntimeException when the authority cannot be asked now
     */
    Decision askAfterwards(JournalEntry ran) {
        HeldCall asked = Objects.requireNonNull(ran.held(), "what was to be asked");
        return answer(
                request(ran.key(), ran.facts(), JsonObject.parse(asked.argumentsJson()), null, null, ran.attempt()));
    }

    private Decision answer(AuthorizationRequest request) {
        Decision answer = answerOrDenial(authority.authorize(request));
        if (offline != null && isFromAuthority(answer)) {
            offline.answered();
        }
        return answer;
    }

    /** An authority also denies in its own name when it got no answer; only what it keeps a record of is one. */
    private static boolean isFromAuthority(Decision answer) {
        return !(answer instanceof Decision.Denied denied) || denied.auditId() != null;
    }

    private static Decision answerOrDenial(@Nullable Decision answer) {
        if (answer == null || (answer instanceof Decision.Allowed allowed && allowed.offline())) {
            return Decision.Denied.because(
                    DenyReason.local(GuardCodes.AUTHORITY_PROTOCOL_ERROR, "the authority gave no answer"));
        }
        return answer;
    }

    private AuthorizationRequest requestFor(ResolvedCall call, int attempt) {
        return request(
                call.key(),
                call.facts(),
                call.call().arguments(),
                approvalTokenOf(call),
                call.call().credentials().proof(),
                attempt);
    }

    private AuthorizationRequest request(
            CallKey key,
            CallFacts facts,
            JsonObject arguments,
            @Nullable ApprovalToken approval,
            @Nullable HolderProof brought,
            int attempt) {
        return new AuthorizationRequest(
                facts.tenantId(),
                binding.intentId(),
                binding.token(),
                facts.operation(),
                facts.spendCents(),
                binding.currency(),
                key.callId(),
                facts.toolName(),
                arguments,
                agent,
                approval,
                idempotencyKey(key, facts, attempt, approval),
                proofs.of(binding.requestFor(facts, arguments), brought));
    }

    private static @Nullable ApprovalToken approvalTokenOf(ResolvedCall call) {
        return call.approval() == null ? null : call.approval().token();
    }

    /** Equal for a repetition whose first answer was lost, different once an answer was had, or an approval. */
    private static String idempotencyKey(CallKey key, CallFacts facts, int attempt, @Nullable ApprovalToken approval) {
        List<Object> asked = new ArrayList<>(List.of(
                key.intentId(), key.callId(), facts.operation(), facts.callDigest(), facts.spendCents(), attempt));
        if (approval != null) {
            asked.add(approval.expose());
        }
        String request = JsonArray.of(asked).toJson();
        return Digest32.sha256(request.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
