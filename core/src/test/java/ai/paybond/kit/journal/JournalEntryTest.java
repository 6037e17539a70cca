package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.denied;
import static ai.paybond.kit.journal.Entries.envelope;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.facts;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.paybond.kit.evidence.EvidenceStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalEntryTest {

    @Test
    void holdsTheSpendWhileTheToolRuns() {
        assertThat(started("c1").spend()).isEqualTo(SpendStatus.HELD);
        assertThat(started("c1").isPending()).isFalse();
    }

    @Test
    void owesConsumptionAndEvidenceAfterTheRun() {
        assertThat(executed("c1").state()).isEqualTo(CallState.EXECUTED);
        assertThat(executed("c1").spend()).isEqualTo(SpendStatus.CONSUME_DUE);
        assertThat(executed("c1").evidence()).isEqualTo(EvidenceStatus.PENDING);
        assertThat(executed("c1").isPending()).isTrue();
    }

    @Test
    void isDeliveredOnceSpendAndEvidenceAreAcknowledged() {
        JournalEntry consumed = executed("c1").spendCompleted(T0);
        assertThat(consumed.state()).isEqualTo(CallState.EXECUTED);
        JournalEntry delivered = consumed.delivered(new DeliveryReceipt("s", true), T0);
        assertThat(delivered.state()).isEqualTo(CallState.DELIVERED);
        assertThat(delivered.spend()).isEqualTo(SpendStatus.CONSUMED);
    }

    @Test
    void staysExecutedWhileTheSpendIsDue() {
        JournalEntry delivered = executed("c1").delivered(new DeliveryReceipt("s", true), T0);
        assertThat(delivered.state()).isEqualTo(CallState.EXECUTED);
        assertThat(delivered.spendCompleted(T0).state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void isParkedWhenEvidenceIsUnmapped() {
        JournalEntry entry = started("c1").executedWithout(EvidenceStatus.UNMAPPED, "result.missing", T0);
        assertThat(entry.state()).isEqualTo(CallState.EXECUTED);
        JournalEntry consumed = entry.spendCompleted(T0);
        assertThat(consumed.state()).isEqualTo(CallState.REJECTED);
        assertThat(consumed.spend()).isEqualTo(SpendStatus.CONSUMED);
        assertThat(consumed.reasonCode()).isEqualTo("result.missing");
    }

    @Test
    void isParkedWhenTheSpendIsRefusedForGood() {
        JournalEntry entry = executed("c1").spendRejected("decision_not_found", T0);
        assertThat(entry.isPending()).isTrue();
        assertThat(entry.delivered(new DeliveryReceipt(null, null), T0).state()).isEqualTo(CallState.REJECTED);
    }

    @Test
    void keepsTheSpendHeldInDoubt() {
        JournalEntry entry = started("c1").inDoubt("java.io.IOException", T0);
        assertThat(entry.spend()).isEqualTo(SpendStatus.HELD);
        assertThat(entry.isPending()).isFalse();
    }

    @Test
    void owesReleaseAfterACleanFailure() {
        JournalEntry entry = started("c1").failed("java.lang.IllegalStateException", T0);
        assertThat(entry.spend()).isEqualTo(SpendStatus.RELEASE_DUE);
        assertThat(entry.spendCompleted(T0).spend()).isEqualTo(SpendStatus.RELEASED);
        assertThat(entry.spendCompleted(T0).state()).isEqualTo(CallState.FAILED);
    }

    @Test
    void owesNothingForACallWithoutADecision() {
        JournalEntry entry = JournalEntry.started(key("c1"), facts("d"), null, null, null, T0);
        assertThat(entry.executedWithout(EvidenceStatus.NONE, null, T0).state()).isEqualTo(CallState.DELIVERED);
        assertThat(entry.failed("x", T0).isPending()).isFalse();
    }

    static Stream<JournalEntry> callsThatRan() {
        return Stream.of(
                executed("c1"),
                started("c1").failed("x", T0),
                executed("c1").spendCompleted(T0).delivered(new DeliveryReceipt(null, null), T0));
    }

    @ParameterizedTest
    @MethodSource("callsThatRan")
    void knowsNoWayBackFromHavingRun(JournalEntry ran) {
        assertThatIllegalStateException().isThrownBy(() -> ran.neverStarted(T0));
        assertThatIllegalStateException().isThrownBy(() -> ran.failed("x", T0));
        assertThatIllegalStateException().isThrownBy(() -> ran.executed(envelope("c1"), T0));
        assertThat(ran.mayBeTakenUpBy(ran.facts())).isFalse();
    }

    @Test
    void givesACallInDoubtTheOutcomeThatWasFoundOut() {
        JournalEntry doubtful = started("c1").inDoubt("java.io.IOException", T0);
        assertThat(doubtful.mayBeTakenUpBy(doubtful.facts())).isFalse();
        assertThat(doubtful.executed(envelope("c1"), T0).spend()).isEqualTo(SpendStatus.CONSUME_DUE);
        assertThat(doubtful.failed("settled", T0).spend()).isEqualTo(SpendStatus.RELEASE_DUE);
        assertThatIllegalStateException().isThrownBy(() -> doubtful.neverStarted(T0));
    }

    @Test
    void isNewerWithEachTransition() {
        JournalEntry executed = executed("c1");
        assertThat(executed.isNewerThan(started("c1"))).isTrue();
        assertThat(executed.spendCompleted(T0).isNewerThan(executed)).isTrue();
        assertThat(executed.isNewerThan(executed)).isFalse();
    }

    @Test
    void staysInTheSameAttemptWhenNobodyAnswered() {
        JournalEntry unanswered = denied("c1", "d");
        assertThat(JournalEntry.attemptAfter(unanswered)).isEqualTo(1);
        assertThat(started(key("c1"), "d", unanswered).isNewerThan(unanswered)).isTrue();
    }

    @Test
    void beginsANewAttemptAfterAnAnswer() {
        JournalEntry answered =
                JournalEntry.refused(key("c1"), facts("d"), null, CallState.DENIED, "budget_exceeded", "audit-9", T0);
        JournalEntry held =
                JournalEntry.refused(key("c1"), facts("d"), null, CallState.HELD, "approval_required", null, T0);
        assertThat(JournalEntry.attemptAfter(answered)).isEqualTo(2);
        assertThat(JournalEntry.attemptAfter(held)).isEqualTo(2);
    }

    @Test
    void isNotTakenUpWhileAReservationIsToBeGivenBack() {
        JournalEntry orphan = started("c1").neverStarted(T0);
        assertThat(orphan.mayBeTakenUpBy(orphan.facts())).isFalse();
        assertThat(orphan.spendCompleted(T0).mayBeTakenUpBy(orphan.facts())).isTrue();
    }

    @Test
    void refusesPendingEvidenceWithoutAnEnvelope() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JournalEntry(
                        key("c1"),
                        facts("d"),
                        1,
                        0,
                        CallState.EXECUTED,
                        SpendStatus.NONE,
                        EvidenceStatus.PENDING,
                        Authorization.AUTHORITY,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        T0));
    }

    @Test
    void showsNeitherPayloadNorBody() {
        assertThat(executed("c1").toString()).doesNotContain("booked");
    }

    @Test
    void saysOnWhoseWordACallRuns() {
        assertThat(started("c1").authorization()).isEqualTo(Authorization.AUTHORITY);
        assertThat(JournalEntry.started(key("c1"), facts("d"), null, null, null, T0)
                        .authorization())
                .isEqualTo(Authorization.NONE);
        assertThat(offline().authorization()).isEqualTo(Authorization.OFFLINE);
    }

    private static JournalEntry offline() {
        return JournalEntry.startedOffline(key("c1"), facts("d"), null, Entries.question(), T0);
    }

    @Test
    void owesReconciliationOnceAnOfflineCallHasAnOutcome() {
        assertThat(offline().isPending()).isFalse();
        assertThat(offline().executed(envelope("c1"), T0).spend()).isEqualTo(SpendStatus.RECONCILE_DUE);
        assertThat(offline().inDoubt("java.io.IOException", T0).isPending()).isTrue();
    }

    @Test
    void keepsTheQuestionOfAnOfflineCallUntilTheAuthorityHasAnsweredIt() {
        JournalEntry ran = offline().executed(envelope("c1"), T0);
        assertThat(ran.held()).isEqualTo(Entries.question());
        assertThat(ran.reconciled("audit-9", "decision-9", T0).held()).isNull();
        assertThat(ran.reconciliationRefused("refused", T0).held()).isNull();
        assertThat(offline().neverStarted(T0).held()).isNull();
    }

    @Test
    void owesNothingForAnOfflineCallThatSpentNothing() {
        JournalEntry failed = offline().failed("x", T0);
        assertThat(failed.spend()).isEqualTo(SpendStatus.NONE);
        assertThat(failed.isPending()).isFalse();
    }

    @Test
    void owesConsumptionAfterReconciliation() {
        JournalEntry known = offline().executed(envelope("c1"), T0).reconciled("audit-9", "decision-9", T0);
        assertThat(known.spend()).isEqualTo(SpendStatus.CONSUME_DUE);
        assertThat(known.decisionId()).isEqualTo("decision-9");
        assertThat(known.auditId()).isEqualTo("audit-9");
        assertThat(known.authorization()).isEqualTo(Authorization.OFFLINE);
        assertThat(known.evidence()).isEqualTo(EvidenceStatus.PENDING);
    }

    @Test
    void holdsTheSpendOfAReconciledCallInDoubt() {
        JournalEntry known = offline().inDoubt("java.io.IOException", T0).reconciled(null, "decision-9", T0);
        assertThat(known.spend()).isEqualTo(SpendStatus.HELD);
        assertThat(known.isPending()).isFalse();
        assertThat(known.failed("settled", T0).spend()).isEqualTo(SpendStatus.RELEASE_DUE);
    }

    @Test
    void isSettledWhenTheAuthorityKeepsNoAccountOfAnOfflineSpend() {
        JournalEntry known =
                offline().executedWithout(EvidenceStatus.NONE, null, T0).reconciled("audit-9", null, T0);
        assertThat(known.state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void isParkedWhenTheAuthorityRefusesAnOfflineSpend() {
        JournalEntry refused =
                offline().executedWithout(EvidenceStatus.NONE, null, T0).reconciliationRefused("budget_exceeded", T0);
        assertThat(refused.state()).isEqualTo(CallState.REJECTED);
        assertThat(refused.reasonCode()).isEqualTo("budget_exceeded");
    }

    @Test
    void reconcilesOnce() {
        JournalEntry known = offline().executed(envelope("c1"), T0).reconciled(null, "decision-9", T0);
        assertThatIllegalStateException().isThrownBy(() -> known.reconciled(null, "decision-8", T0));
        assertThatIllegalStateException().isThrownBy(() -> executed("c1").reconciliationRefused("x", T0));
    }

    @Test
    void countsFailuresOfDeliveryUntilOneSucceeds() {
        JournalEntry twice = executed("c1")
                .postponed("http_503", T0.plusSeconds(1), T0)
                .postponed("http_429", T0.plusSeconds(9), T0.plusSeconds(1));
        assertThat(twice.postponement()).isEqualTo(new Postponement(2, T0, T0.plusSeconds(9), "http_429"));
        assertThat(twice.spendCompleted(T0).postponement().failures()).isZero();
        assertThat(twice.spendCompleted(T0).evidenceRejected("x", T0).postponement())
                .isNull();
    }

    @Test
    void closesOnlyWhatWaits() {
        JournalEntry held =
                JournalEntry.held(key("c1"), facts("d"), null, Entries.waiting(), "approval_required", null, T0);
        JournalEntry closed = held.closed("approval.rejected", "too dear", T0);
        assertThat(closed.isClosed()).isTrue();
        assertThat(held.isClosed()).isFalse();
        assertThat(closed.isNewerThan(held)).isTrue();
        assertThat(started(key("c1"), "d", held).isNewerThan(closed)).isTrue();
        assertThat(closed.toString()).doesNotContain(Entries.waiting().argumentsJson());
        assertThatIllegalStateException().isThrownBy(() -> started("c1").closed("approval.rejected", null, T0));
        assertThatIllegalStateException().isThrownBy(() -> closed.closed("approval.rejected", null, T0));
    }

    @Test
    void letsOnlyAHeldCallWaitForAPerson() {
        JournalEntry held =
                JournalEntry.held(key("c1"), facts("d"), null, Entries.waiting(), "approval_required", null, T0);
        assertThat(held.state()).isEqualTo(CallState.HELD);
        assertThat(held.held()).isEqualTo(Entries.waiting());
        assertThat(started(key("c1"), "d", held).held()).isNull();
        assertThat(held.toString()).doesNotContain(Entries.waiting().argumentsJson());
    }

    @Test
    void remembersWhenTheOutcomeWasKnownFirst() {
        JournalEntry late = executed("c1").spendCompleted(T0.plusSeconds(9)).postponed("x", T0, T0.plusSeconds(10));
        assertThat(started("c1").finishedAt()).isNull();
        assertThat(late.finishedAt()).isEqualTo(T0.plusSeconds(1));
    }

    @Test
    void owesAgainWhatWasParked() {
        JournalEntry parked = executed("c1").spendRejected("x", T0).evidenceRejected("y", T0);
        JournalEntry again = parked.redriven(T0);
        assertThat(again.state()).isEqualTo(CallState.EXECUTED);
        assertThat(again.spend()).isEqualTo(SpendStatus.CONSUME_DUE);
        assertThat(again.evidence()).isEqualTo(EvidenceStatus.PENDING);
        assertThat(again.envelope()).isEqualTo(parked.envelope());
        assertThat(again.isNewerThan(parked)).isTrue();
    }

    @Test
    void neverTurnsAParkedConsumptionIntoAReleaseNorTheOtherWayRound() {
        assertThat(executed("c1").spendRejected("x", T0).redriven(T0).spend()).isEqualTo(SpendStatus.CONSUME_DUE);
        assertThat(started("c1")
                        .failed("f", T0)
                        .spendRejected("x", T0)
                        .redriven(T0)
                        .spend())
                .isEqualTo(SpendStatus.RELEASE_DUE);
    }

    @Test
    void hasNothingToDriveAgainInUnmappedEvidenceOrInASettledCall() {
        JournalEntry unmapped = started("c1")
                .executedWithout(EvidenceStatus.UNMAPPED, "result.missing", T0)
                .spendCompleted(T0);
        JournalEntry delivered = executed("c1").spendCompleted(T0).delivered(new DeliveryReceipt(null, null), T0);
        assertThat(unmapped.redriven(T0)).isSameAs(unmapped);
        assertThat(delivered.redriven(T0)).isSameAs(delivered);
    }
}
