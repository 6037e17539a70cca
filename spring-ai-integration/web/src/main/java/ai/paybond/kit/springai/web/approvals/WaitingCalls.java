package ai.paybond.kit.springai.web.approvals;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.springai.HeldToolCalls;
import ai.paybond.kit.springai.ResumedCall;
import ai.paybond.kit.springai.web.Caller;
import ai.paybond.kit.springai.web.OwnedGuard;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;

/** The calls that wait for a person, and their answers. Blocks on journal and authority. Thread-safe. */
public final class WaitingCalls {

    private static final Logger log = LoggerFactory.getLogger(WaitingCalls.class);

    private final ApprovableGuards guards;
    private final ApprovalAuthorization authorization;
    private final ToolCallbackResolver tools;
    private final List<HeldCallListener> listeners;

    /** @param tools finds the tools by name, guarded or not */
    public WaitingCalls(
            ApprovableGuards guards,
            ApprovalAuthorization authorization,
            ToolCallbackResolver tools,
            List<HeldCallListener> listeners) {
        this.guards = Objects.requireNonNull(guards, "guards");
        this.authorization = Objects.requireNonNull(authorization, "authorization");
        this.tools = Objects.requireNonNull(tools, "tools");
        this.listeners = List.copyOf(listeners);
    }

    /** The calls that the approver may answer, those of each guard in the order in which they came. */
    public List<WaitingCall> of(Caller approver) {
        return open(approver).map(Open::call).toList();
    }

    /**
     * Answers a call.
     *
     * @param argumentsDigestHex what the approver was shown; another one than the call's is no answer to it
     * @return what became of it; empty when no such call waits, or the approver may not answer it
     * @throws StaleApprovalException when the arguments are not those that the approver was shown
     */
    public Optional<ResumedCall> answer(
            Caller approver, String intentId, String callId, String argumentsDigestHex, ApprovalAnswer answer) {
        return open(approver)
                .filter(open -> open.request().intentId().equals(intentId))
                .filter(open -> open.request().callId().equals(callId))
                .findFirst()
                .map(open -> answer(approver, open, argumentsDigestHex, answer));
    }

    private ResumedCall answer(Caller approver, Open open, String digest, ApprovalAnswer answer) {
        if (!open.request().argumentsDigestHex().equals(digest)) {
            throw new StaleApprovalException();
        }
        ResumedCall resumed = HeldToolCalls.of(open.guard().guard(), tools)
                .resume(open.request().callId(), answer);
        listeners.forEach(listener -> tell(listener, approver, open.call(), resumed));
        return resumed;
    }

    private static void tell(HeldCallListener listener, Caller approver, WaitingCall call, ResumedCall resumed) {
        try {
            listener.answered(approver, call, resumed);
        } catch (RuntimeException e) {
            log.warn("A listener failed over an answered call", e);
        }
    }

    private Stream<Open> open(Caller approver) {
        return guards.guards().stream()
                .flatMap(guard -> guard.guard().held().stream().map(request -> new Open(guard, request)))
                .filter(open -> mayAnswer(approver, open.call()));
    }

    private boolean mayAnswer(Caller approver, WaitingCall call) {
        try {
            return approver.principal() != null && authorization.mayAnswer(approver, call);
        } catch (RuntimeException e) {
            log.warn("Nobody could say whether a caller may approve, so it may not", e);
            return false;
        }
    }

    private record Open(OwnedGuard guard, ApprovalRequest request) {
        WaitingCall call() {
            return new WaitingCall(guard.owner(), request);
        }
    }
}
