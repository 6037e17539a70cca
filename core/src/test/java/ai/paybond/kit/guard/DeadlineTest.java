package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.NOW;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static ai.paybond.kit.guard.GuardFixture.search;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Calls that must start before a moment or not at all. */
class DeadlineTest {
    private static final Instant DEADLINE = NOW.plusSeconds(10);

    private final GuardFixture fixture = new GuardFixture();
    private final MovingClock clock = new MovingClock(NOW);
    private final ToolGuard guard = fixture.builder().clock(clock).build();

    @Test
    void runsInTime() {
        clock.pass(Duration.ofSeconds(10).minusNanos(1));
        assertThat(guard.call(booking("c1").withDeadline(DEADLINE), fixture::book))
                .isInstanceOf(Executed.class);
    }

    @Test
    void asksNobodyWhenTheDeadlineHasPassed() {
        clock.pass(Duration.ofSeconds(10));
        assertLate(guard.call(booking("c1").withDeadline(DEADLINE), fixture::book));
        assertThat(fixture.authority.asked).isEmpty();
        assertThat(fixture.verified).isEmpty();
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo("call.deadline_passed");
    }

    @Test
    void appliesToReadOnlyToolsToo() {
        clock.pass(Duration.ofSeconds(10));
        assertLate(guard.call(search("c1").withDeadline(DEADLINE), fixture::book));
    }

    @Test
    void givesTheSpendBackWhenTheAuthorityTakesTooLong() {
        fixture.authority.answer = request -> {
            clock.pass(Duration.ofSeconds(10));
            return RecordingAuthority.allowed(request);
        };
        assertLate(guard.call(booking("c1").withDeadline(DEADLINE), fixture::book));
        assertThat(fixture.authority.completions).containsExactly("released decision-c1");
    }

    @Test
    void runsNothingThatAPersonApprovedTooLate() {
        fixture.authority.answer = RecordingAuthority::held;
        ToolGuard asking = fixture.builder()
                .clock(clock)
                .approver(request -> {
                    clock.pass(Duration.ofSeconds(10));
                    return ApprovalAnswer.approved();
                })
                .build();
        assertLate(asking.call(booking("c1").withDeadline(DEADLINE), fixture::book));
        assertThat(fixture.authority.asked).hasSize(1);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.HELD);
    }

    @Test
    void tellsTheToolOfIt() {
        guard.tool("bookHotel")
                .callId("c1")
                .argument("amount_cents", 4200)
                .deadline(DEADLINE)
                .run(call -> {
                    assertThat(call.deadline()).isEqualTo(DEADLINE);
                    return fixture.book(call);
                });
        assertThat(fixture.runs).hasValue(1);
    }

    @Test
    void makesNoOtherCallOfARepetition() {
        guard.call(booking("c1").withDeadline(DEADLINE), fixture::book);
        clock.pass(Duration.ofSeconds(10));
        assertThat(guard.call(booking("c1").withDeadline(NOW.plusSeconds(99)), fixture::book))
                .isInstanceOf(Executed.class);
        assertThat(fixture.runs).hasValue(1);
    }

    private void assertLate(ToolOutcome<?> outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> assertThat(
                        refused.decision().reason().code())
                .isEqualTo("call.deadline_passed"));
        assertThat(fixture.runs).hasValue(0);
    }
}
