package ai.paybond.kit.springai.web.approvals;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.springai.ResumedCall;
import ai.paybond.kit.springai.web.Caller;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What a page needs to let a person approve calls, for servlet and reactive applications.
 *
 * <pre>
 * GET  /paybond/approvals           the calls that wait and that the caller may answer
 * POST /paybond/approvals/approve   {"intent_id", "call_id", "arguments_digest"}
 * POST /paybond/approvals/reject    the same with "reason"
 * POST /paybond/approvals/edit      the same with "arguments", all of them
 * </pre>
 *
 * <p>401 for nobody, 404 for a call that does not wait or that the caller may not answer, 409 {@code approval.stale} when the
 * digest is not the call's, 400 {@code approval.malformed}. Posts are taken as {@code application/json} only, which a page of
 * another origin cannot send unasked; Spring Security's own protection against forged requests applies as it is set up.
 */
@RestController
@RequestMapping(path = "${paybond.approvals.path:/paybond/approvals}", produces = MediaType.APPLICATION_JSON_VALUE)
public final class ApprovalController {

    private static final int MAX_BODY = 64 * 1024;

    private final WaitingCalls calls;

    public ApprovalController(WaitingCalls calls) {
        this.calls = Objects.requireNonNull(calls, "calls");
    }

    @GetMapping
    Mono<ResponseEntity<String>> waiting(@Nullable Principal principal, @RequestHeader HttpHeaders headers) {
        return answering(principal, headers, caller -> {
            JsonObject.Builder body = JsonObject.builder();
            body.put(
                    "waiting",
                    JsonArray.of(calls.of(caller).stream()
                            .map(ApprovalController::shown)
                            .toList()));
            return ResponseEntity.ok(body.build().toJson());
        });
    }

    @PostMapping(path = "/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<String>> approve(
            @Nullable Principal principal, @RequestHeader HttpHeaders headers, @RequestBody String body) {
        return answering(principal, headers, caller -> answer(caller, body, asked -> ApprovalAnswer.approved()));
    }

    @PostMapping(path = "/reject", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<String>> reject(
            @Nullable Principal principal, @RequestHeader HttpHeaders headers, @RequestBody String body) {
        return answering(
                principal,
                headers,
                caller -> answer(caller, body, asked -> ApprovalAnswer.rejected(required(asked, "reason"))));
    }

    @PostMapping(path = "/edit", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<String>> edit(
            @Nullable Principal principal, @RequestHeader HttpHeaders headers, @RequestBody String body) {
        return answering(
                principal,
                headers,
                caller -> answer(
                        caller,
                        body,
                        asked -> ApprovalAnswer.edited(asked.object("arguments").orElseThrow(Malformed::new))));
    }

    /** On a thread that may block, in either kind of application. */
    private static Mono<ResponseEntity<String>> answering(
            @Nullable Principal principal, HttpHeaders headers, Function<Caller, ResponseEntity<String>> answer) {
        if (principal == null) {
            return Mono.just(refused(HttpStatus.UNAUTHORIZED, "approval.unauthenticated"));
        }
        Caller caller = new Caller(principal, headers);
        return Mono.fromSupplier(() -> answer.apply(caller)).subscribeOn(Schedulers.boundedElastic());
    }

    private ResponseEntity<String> answer(Caller caller, String body, Function<JsonObject, ApprovalAnswer> answer) {
        try {
            JsonObject asked = parsed(body);
            Optional<ResumedCall> resumed = calls.answer(
                    caller,
                    required(asked, "intent_id"),
                    required(asked, "call_id"),
                    required(asked, "arguments_digest"),
                    answer.apply(asked));
            return resumed.map(call -> ResponseEntity.ok(CallStates.told(call.call())))
                    .orElseGet(() -> refused(HttpStatus.NOT_FOUND, "approval.not_found"));
        } catch (Malformed | JsonException e) {
            return refused(HttpStatus.BAD_REQUEST, "approval.malformed");
        } catch (StaleApprovalException e) {
            return refused(HttpStatus.CONFLICT, e.code());
        }
    }

    private static JsonObject parsed(String body) {
        if (body.length() > MAX_BODY) {
            throw new Malformed();
        }
        return JsonObject.parse(body);
    }

    private static String required(JsonObject asked, String name) {
        return asked.string(name).filter(text -> !text.isBlank()).orElseThrow(Malformed::new);
    }

    private static ResponseEntity<String> refused(HttpStatus status, String code) {
        return ResponseEntity.status(status)
                .body(JsonObject.builder().put("code", code).build().toJson());
    }

    private static JsonObject shown(WaitingCall call) {
        return JsonObject.builder()
                .put("intent_id", call.request().intentId())
                .put("call_id", call.request().callId())
                .put("tool", call.request().toolName())
                .put("operation", call.request().operation())
                .put("spend_cents", call.request().spendCents())
                .put("currency", call.request().currency())
                .put("arguments", call.request().arguments())
                .put("arguments_digest", call.request().argumentsDigestHex())
                .put("reason_code", call.request().reasonCode())
                .put("held_at", call.request().heldAt().toString())
                .put("expires_at", call.request().expiresAt().toString())
                .putIfPresent("owner", call.owner())
                .build();
    }

    /** The body is not what was asked for. */
    private static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super("malformed", null, false, false);
        }
    }
}
