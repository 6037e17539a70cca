package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the authority, and makes an answer of not getting one. */
final class AuthorityCheck {
    private static final Logger log = LoggerFactory.getLogger(AuthorityCheck.class);

    private final ToolAuthority authority;
    private final CapabilityBinding binding;

    AuthorityCheck(ToolAuthority authority, CapabilityBinding binding) {
        this.authority = authority;
        this.binding = binding;
    }

    Decision ask(ResolvedCall call, int attempt) {
        try {
            return answerOrDenial(authority.authorize(requestFor(call, attempt)));
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

    private static Decision answerOrDenial(@Nullable Decision answer) {
        return answer != null
                ? answer
                : Decision.Denied.because(
                        DenyReason.local(GuardCodes.AUTHORITY_PROTOCOL_ERROR, "the authority gave no answer"));
    }

    private AuthorizationRequest requestFor(ResolvedCall call, int attempt) {
        return new AuthorizationRequest(
                call.facts().tenantId(),
                binding.intentId(),
                binding.token(),
                call.facts().operation(),
                call.facts().spendCents(),
                binding.currency(),
                call.key().callId(),
                call.tool().toolName(),
                call.call().arguments(),
                null,
                idempotencyKey(call, attempt));
    }

    /** Equal for a repetition whose first answer was lost, different once an answer was had. */
    private static String idempotencyKey(ResolvedCall call, int attempt) {
        String request = JsonArray.of(List.of(
                        call.key().intentId(),
                        call.key().callId(),
                        call.facts().operation(),
                        call.facts().callDigest(),
                        call.facts().spendCents(),
                        attempt))
                .toJson();
        return Digest32.sha256(request.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
