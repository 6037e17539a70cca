package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.INTENT;
import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.journal.SpendStatus;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call in doubt waits until someone knows, and is then settled one way for good. */
class ToolGuardInDoubtTest {
    private static final JsonObject FOUND = JsonObject.parse("{\"status\":\"booked\",\"confirmation\":\"H-1\"}");

    private final GuardFixture fixture = new GuardFixture();
    private final ToolGuard guard = fixture.guard();

    @Test
    void consumesAndProvesWhatTurnedOutToHaveHappened() {
        timeOut();
        CallReceipt receipt = guard.settleExecuted("c1", FOUND);
        assertThat(receipt.state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
        assertThat(fixture.authority.delivered).singleElement().satisfies(envelope -> assertThat(
                        envelope.signed().statement().payload())
                .isEqualTo(FOUND));
    }

    @Test
    void releasesWhatTurnedOutNotToHaveHappened() {
        timeOut();
        CallReceipt receipt = guard.settleNotExecuted("c1");
        assertThat(receipt.state()).isEqualTo(CallState.FAILED);
        assertThat(fixture.entry("c1").spend()).isEqualTo(SpendStatus.RELEASED);
        assertThat(fixture.entry("c1").reasonCode()).isEqualTo("settled.not_executed");
        assertThat(fixture.authority.completions).containsExactly("released decision-c1");
    }

    @Test
    void settlesWhatAProcessLeftStarted() {
        CallFacts facts = new CallFacts("tenant-a", "bookHotel", "travel.book_hotel", "digest", 4200);
        fixture.journal.claim(JournalEntry.started(
                new CallKey(INTENT, "c1"), facts, null, "audit-1", "decision-c1", GuardFixture.NOW));
        assertThat(guard.settleExecuted("c1", FOUND).state()).isEqualTo(CallState.DELIVERED);
    }

    private void leaveStarted(String callId, String process) {
        CallFacts facts = new CallFacts("tenant-a", "bookHotel", "travel.book_hotel", "digest", 4200);
        fixture.journal.claim(JournalEntry.started(
                        new CallKey(INTENT, callId), facts, null, "audit-1", "decision-" + callId, GuardFixture.NOW)
                .runBy(process));
    }

    private List<String> reportedTo(ToolGuardBuilder builder) {
        List<String> reported = new ArrayList<>();
        builder.listener(new GuardListener() {
                    @Override
                    public void inDoubt(JournalEntry entry) {
                        reported.add(entry.key().callId());
                    }
                })
                .build();
        return reported;
    }

    @Test
    void reportsWhatADeadProcessLeftStartedAndChangesNothing() {
        fixture.journal.keepAlive("alive", GuardFixture.NOW.plusSeconds(15));
        leaveStarted("of-dead", "dead");
        leaveStarted("of-alive", "alive");
        timeOut();
        assertThat(reportedTo(fixture.builder())).containsExactlyInAnyOrder("c1", "of-dead");
        assertThat(fixture.entry("of-dead").state()).isEqualTo(CallState.STARTED);
        assertThat(fixture.entry("of-dead").spend()).isEqualTo(SpendStatus.HELD);
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void settlesWhatTheResolverKnowsWhenTheGuardIsBuilt() {
        leaveStarted("happened", "dead");
        leaveStarted("did-not", "dead");
        leaveStarted("unknown", "dead");
        leaveStarted("broken", "dead");
        ToolGuard resolving = fixture.builder()
                .inDoubtResolver(doubtful -> switch (doubtful.key().callId()) {
                    case "happened" -> new InDoubtResolver.Finding.Executed(FOUND);
                    case "did-not" -> new InDoubtResolver.Finding.NotExecuted();
                    case "unknown" -> new InDoubtResolver.Finding.Unknown();
                    default -> throw new IllegalStateException("the vendor is away");
                })
                .build();
        assertThat(fixture.entry("happened").state()).isEqualTo(CallState.DELIVERED);
        assertThat(fixture.entry("did-not").spend()).isEqualTo(SpendStatus.RELEASED);
        assertThat(resolving.resolveInDoubt())
                .extracting(entry -> entry.key().callId())
                .containsExactlyInAnyOrder("unknown", "broken");
        assertThat(fixture.authority.completions)
                .containsExactlyInAnyOrder("consumed decision-happened", "released decision-did-not");
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void leavesTheCallsOfOtherIntentsToTheirGuards() {
        CallFacts facts = new CallFacts("tenant-a", "bookHotel", "travel.book_hotel", "digest", 4200);
        CallKey elsewhere = new CallKey("11111111-1111-4111-8111-111111111111", "c1");
        fixture.journal.claim(JournalEntry.started(elsewhere, facts, null, "audit-1", "decision", GuardFixture.NOW)
                .runBy("dead"));
        assertThat(reportedTo(fixture.builder())).isEmpty();
    }

    @Test
    void keepsASettlementThatCannotBeDeliveredYet() {
        timeOut();
        fixture.authority.completeFault = new IllegalStateException("503");
        fixture.authority.deliverFault = new IllegalStateException("503");
        assertThat(guard.settleExecuted("c1", FOUND).evidence()).isEqualTo(EvidenceStatus.PENDING);
        fixture.authority.completeFault = null;
        fixture.authority.deliverFault = null;
        assertThat(guard.retryPending().settled()).isEqualTo(1);
        assertThat(fixture.entry("c1").state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void neverSettlesTheOtherWayAfterwards() {
        timeOut();
        guard.settleExecuted("c1", FOUND);
        assertRefused("call.not_in_doubt", () -> guard.settleNotExecuted("c1"));
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
    }

    @Test
    void settlesNothingWhoseOutcomeIsKnown() {
        guard.call(booking("done"), fixture::book);
        assertRefused("call.not_in_doubt", () -> guard.settleNotExecuted("done"));
        assertRefused("call.not_in_doubt", () -> guard.settleExecuted("unheard-of", FOUND));
        assertThat(fixture.authority.completions).containsExactly("consumed decision-done");
    }

    @Test
    void settlesNothingThatIsRunning() {
        guard.call(booking("c1"), call -> {
            assertRefused("call.under_way", () -> guard.settleNotExecuted("c1"));
            return fixture.book(call);
        });
        assertThat(fixture.authority.completions).containsExactly("consumed decision-c1");
    }

    @Test
    void doesNotRunASettledCallAgain() {
        timeOut();
        guard.settleNotExecuted("c1");
        ToolOutcome<?> again = guard.call(booking("c1"), fixture::book);
        assertThat(again).isInstanceOfSatisfying(Failed.class, failed -> assertThat(
                        failed.receipt().state())
                .isEqualTo(CallState.FAILED));
        assertThat(fixture.runs).hasValue(0);
    }

    @Test
    void asksForNoProofOfAToolWithoutEvidence() {
        ToolGuard unproved = fixture.builder(
                        ToolDeclaration.builder("bookHotel").withoutEvidence())
                .build();
        unproved.call(booking("c1"), call -> {
            throw new IOException("reset");
        });
        assertThat(unproved.settleExecuted("c1", FOUND).evidence()).isEqualTo(EvidenceStatus.NONE);
        assertThat(fixture.authority.delivered).isEmpty();
    }

    private void timeOut() {
        ToolOutcome<Object> outcome = guard.call(booking("c1"), call -> {
            throw new IOException("read timed out");
        });
        assertThat(outcome).isInstanceOf(Failed.class);
    }

    private static void assertRefused(String code, Runnable settlement) {
        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(settlement::run)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
