package ai.paybond.kit.approval;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks another approver, for so long. */
final class PatientApprover implements Approver {
    private final Approver approver;
    private final Duration limit;
    private final Executor executor;

    PatientApprover(Approver approver, Duration limit, Executor executor) {
        this.approver = approver;
        this.limit = limit;
        this.executor = executor;
    }

    @Override
    public ApprovalAnswer decide(ApprovalRequest request) throws Exception {
        FutureTask<ApprovalAnswer> asking = new FutureTask<>(() -> approver.decide(request));
        executor.execute(asking);
        try {
            return asking.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return ApprovalAnswer.pending();
        } finally {
            asking.cancel(true);
        }
    }
}
