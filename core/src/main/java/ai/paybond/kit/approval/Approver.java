package ai.paybond.kit.approval;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The port to whoever approves calls: a prompt, a chat, a ticket system, a policy of the host's own. The guard asks it on
 * the thread that made the call, which waits for the answer.
 *
 * <p>Whatever is no answer leaves the call held: an approver that throws, that is interrupted, that gives null. Such a call
 * is taken up later with {@code ToolGuard.resume}. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Approver {

    /**
     * Decides on one held call, or says that nobody has.
     *
     * @throws Exception when nobody could be asked; the call stays held
     */
    ApprovalAnswer decide(ApprovalRequest request) throws Exception;

    /**
     * The same approver, which is given up on after a while: the call then stays held, and an answer that comes later is
     * dropped. The thread that still asks is interrupted.
     *
     * @param limit how long an answer is waited for
     * @param executor runs the approver, each request on a thread of its own
     */
    default Approver within(Duration limit, Executor executor) {
        return new PatientApprover(this, Objects.requireNonNull(limit, "limit"), executor);
    }
}
