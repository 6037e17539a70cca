package ai.paybond.kit.guard;

import ai.paybond.kit.capability.DenyReason;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Refuses what would start too late. */
final class DeadlineGate implements CallGate {
    static final DenyReason LATE =
            DenyReason.local(GuardCodes.CALL_DEADLINE_PASSED, "the call's deadline passed before it could run");

    private final Clock clock;

    DeadlineGate(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Decision> objection(ResolvedCall call) {
        return isLate(call.call(), clock) ? Optional.of(Decision.Denied.because(LATE)) : Optional.empty();
    }

    static boolean isLate(ToolCall call, Clock clock) {
        Instant deadline = call.deadline();
        return deadline != null && !clock.instant().isBefore(deadline);
    }
}
