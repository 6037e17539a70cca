package ai.paybond.kit.harbor;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.wire.UuidText;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks at the Gateway again and again until a person has decided there, or the time is up. */
final class PollingApprover implements Approver {
    private final Approvals approvals;
    private final Machine machine;
    private final Duration limit;
    private final Duration interval;

    PollingApprover(Approvals approvals, Machine machine, Duration limit, Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("there is a pause between two looks");
        }
        this.approvals = approvals;
        this.machine = machine;
        this.limit = Objects.requireNonNull(limit, "limit");
        this.interval = interval;
    }

    @Override
    public ApprovalAnswer decide(ApprovalRequest request) throws InterruptedException {
        String requestId = request.requestId();
        if (requestId == null || !UuidText.isValid(requestId)) {
            return ApprovalAnswer.pending();
        }
        long start = machine.nanoTime();
        while (true) {
            ApprovalAnswer answer = look(requestId, request);
            boolean late = machine.nanoTime() - start + interval.toNanos() > limit.toNanos();
            if (late || !(answer instanceof ApprovalAnswer.Pending)) {
                return answer;
            }
            machine.sleep(interval);
        }
    }

    private ApprovalAnswer look(String requestId, ApprovalRequest request) {
        try {
            return answer(approvals.get(requestId), request);
        } catch (HarborUnreachableException e) {
            return ApprovalAnswer.pending();
        } catch (HarborHttpException e) {
            if (e.retryable()) {
                return ApprovalAnswer.pending();
            }
            throw e;
        }
    }

    private static ApprovalAnswer answer(SpendApproval approval, ApprovalRequest request) {
        if (!isFor(approval, request)) {
            throw new ProtocolException("approval.other_call", "the Gateway's approval is for another call");
        }
        return switch (approval.status()) {
            case "approved" -> approved(approval.token());
            case "rejected" -> ApprovalAnswer.rejected(rejection(approval.note()));
            default -> ApprovalAnswer.pending();
        };
    }

    private static ApprovalAnswer approved(@Nullable ApprovalToken token) {
        return token == null ? ApprovalAnswer.approved() : ApprovalAnswer.approved(token);
    }

    private static String rejection(@Nullable String note) {
        return note == null || note.isBlank() ? "no reason given" : note;
    }

    /** What was not told the Gateway cannot be compared; everything that was must be equal. */
    private static boolean isFor(SpendApproval approval, ApprovalRequest request) {
        return approval.intentId().equalsIgnoreCase(request.intentId())
                && approval.operation().equals(request.operation())
                && approval.requestedSpendCents() == request.spendCents()
                && isUntoldOrEqual(approval.toolCallId(), request.callId())
                && isUntoldOrEqual(approval.argumentsHashHex(), request.argumentsDigestHex());
    }

    private static boolean isUntoldOrEqual(@Nullable String told, String expected) {
        return told == null || told.equals(expected);
    }
}
