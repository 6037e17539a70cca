package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.INTENT;
import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.owed;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.EvidenceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvidenceDeliveryTest {
    private final RecordingTarget target = new RecordingTarget();
    private final FlakyJournal journal = new FlakyJournal();
    private final FakeWaiting waiting = new FakeWaiting();
    private final EvidenceDelivery delivery = delivery(envelope -> {
        throw new AssertionError("sealed evidence is not sealed again");
    });

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void completesTheSpendThenDeliversTheEvidence() {
        JournalEntry after = delivery.settle(executed("c1"));
        assertThat(after.state()).isEqualTo(CallState.DELIVERED);
        assertThat(after.receipt()).isEqualTo(new DeliveryReceipt("evidence_submitted", true));
        assertThat(target.attempts).containsExactly("consumed decision-c1", "evidence evidence:" + INTENT + ":c1");
        assertThat(journal.find(key("c1"))).contains(after);
    }

    @Test
    void journalsBeforeItAsksTheNetwork() {
        List<JournalEntry> keptAtDelivery = new ArrayList<>();
        target.beforeDelivery =
                envelope -> keptAtDelivery.add(journal.find(key("c1")).orElseThrow());
        delivery.settle(executed("c1"));
        assertThat(keptAtDelivery).singleElement().satisfies(kept -> {
            assertThat(kept.state()).isEqualTo(CallState.EXECUTED);
            assertThat(kept.envelope()).isEqualTo(executed("c1").envelope());
        });
    }

    @Test
    void deliversEvidenceEvenWhenTheSpendCannotBeCompleted() {
        target.completeFault = new IllegalStateException("503");
        JournalEntry after = delivery.settle(executed("c1"));
        assertThat(after.evidence()).isEqualTo(EvidenceStatus.DELIVERED);
        assertThat(after.spend()).isEqualTo(SpendStatus.CONSUME_DUE);
        assertThat(after.isPending()).isTrue();
    }

    @Test
    void retriesTheSameBytesUnderTheSameKey() {
        target.deliverFault = new IllegalStateException("503");
        delivery.settle(executed("c1"));
        target.deliverFault = null;
        assertThat(delivery.retryPending()).isEqualTo(new DeliveryReport(1, 0, 0));
        assertThat(target.delivered).containsExactly(Entries.envelope("c1"));
        assertThat(target.attempts.stream().filter(a -> a.startsWith("evidence")))
                .hasSize(2)
                .containsOnly("evidence evidence:" + INTENT + ":c1");
    }

    @Test
    void doesNotRepeatWhatWasAcknowledged() {
        target.deliverFault = new IllegalStateException("503");
        delivery.settle(executed("c1"));
        target.deliverFault = null;
        delivery.retryPending();
        delivery.retryPending();
        assertThat(target.completions).containsExactly("consumed decision-c1");
        assertThat(target.delivered).hasSize(1);
    }

    @Test
    void neverTurnsADueConsumptionIntoARelease() {
        target.completeFault = new IllegalStateException("503");
        delivery.settle(executed("c1"));
        delivery.retryPending();
        target.completeFault = null;
        delivery.retryPending();
        assertThat(target.attempts).noneMatch(attempt -> attempt.startsWith("released"));
        assertThat(target.completions).containsExactly("consumed decision-c1");
    }

    @Test
    void parksWhatTheAuthorityRefusesForGood() {
        target.deliverFault = new DeliveryRejectedException("evidence.schema", "does not fit");
        JournalEntry after = delivery.settle(executed("c1"));
        assertThat(after.state()).isEqualTo(CallState.REJECTED);
        assertThat(after.reasonCode()).isEqualTo("evidence.schema");
        assertThat(after.spend()).isEqualTo(SpendStatus.CONSUMED);
        assertThat(delivery.retryPending()).isEqualTo(new DeliveryReport(0, 0, 0));
        assertThat(journal.inState(CallState.REJECTED, 10)).containsExactly(after);
    }

    @Test
    void countsWhatARoundParks() {
        target.deliverFault = new IllegalStateException("503");
        delivery.settle(executed("c1"));
        target.deliverFault = new DeliveryRejectedException("evidence.schema", "does not fit");
        assertThat(delivery.retryPending()).isEqualTo(new DeliveryReport(0, 1, 0));
    }

    @Test
    void survivesAnErrorOfTheTarget() {
        target.beforeDelivery = envelope -> {
            throw new NoClassDefFoundError("okhttp");
        };
        assertThat(delivery.settle(executed("c1")).evidence()).isEqualTo(EvidenceStatus.PENDING);
    }

    @Test
    void doesNotLetOneBadCallStopOtherIntents() {
        target.beforeDelivery = envelope -> {
            if (envelope.context().callId().equals("bad")) {
                throw new IllegalStateException("503");
            }
        };
        CallKey elsewhere = new CallKey("11111111-1111-4111-8111-111111111111", "good");
        journal.record(executed("bad"));
        journal.record(started(elsewhere, "digest", null).executed(Entries.envelope("good"), T0.plusSeconds(2)));
        EvidenceDelivery all = EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .build();
        assertThat(all.retryPending()).isEqualTo(new DeliveryReport(1, 0, 1));
        assertThat(journal.find(elsewhere).orElseThrow().state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void triesMoreThanOneBatch() {
        for (int i = 0; i < 600; i++) {
            journal.record(executed("c" + i));
        }
        assertThat(delivery.retryPending()).isEqualTo(new DeliveryReport(600, 0, 0));
    }

    @Test
    void keepsAnEntryInMemoryWhileTheJournalIsBroken() {
        target.deliverFault = new IllegalStateException("503");
        journal.broken = true;
        JournalEntry after = delivery.settle(executed("c1"));
        assertThat(after.isPending()).isTrue();
        journal.broken = false;
        target.deliverFault = null;
        assertThat(delivery.retryPending()).isEqualTo(new DeliveryReport(1, 0, 0));
        assertThat(target.delivered).containsExactly(Entries.envelope("c1"));
        assertThat(journal.find(key("c1")).orElseThrow().state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void deliversWithoutAJournalAndTellsItLater() {
        journal.broken = true;
        assertThat(delivery.settle(executed("c1")).state()).isEqualTo(CallState.DELIVERED);
        journal.broken = false;
        delivery.retryPending();
        assertThat(journal.find(key("c1")).orElseThrow().state()).isEqualTo(CallState.DELIVERED);
        assertThat(target.delivered).hasSize(1);
    }

    @Test
    void signsLaterWhatCouldNotBeSignedThen() {
        AtomicInteger asked = new AtomicInteger();
        EvidenceDelivery later = delivery(envelope -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("HSM offline");
            }
            return envelope.signedAs("{\"signed\":" + asked.get() + "}");
        });
        JournalEntry unsigned = started("c1").executed(owed("c1"), T0);
        assertThat(later.settle(unsigned).evidence()).isEqualTo(EvidenceStatus.PENDING);
        assertThat(target.delivered).isEmpty();
        target.deliverFault = new IllegalStateException("503");
        later.retryPending();
        target.deliverFault = null;
        later.retryPending();
        assertThat(asked).hasValue(2);
        assertThat(target.delivered).extracting(EvidenceEnvelope::signedBody).containsExactly("{\"signed\":2}");
        assertThat(target.delivered).extracting(EvidenceEnvelope::submittedAt).containsExactly("2026-11-21T10:00:01Z");
    }

    @Test
    void journalsALateSignatureBeforeItIsSent() {
        EvidenceDelivery later = delivery(envelope -> envelope.signedAs("{\"signed\":1}"));
        List<@Nullable String> kept = new ArrayList<>();
        target.beforeDelivery = envelope ->
                kept.add(journal.find(key("c1")).orElseThrow().envelope().signedBody());
        later.settle(started("c1").executed(owed("c1"), T0));
        assertThat(kept).containsExactly("{\"signed\":1}");
    }

    @Test
    void releasesAnOrphanAtOnce() {
        delivery.handBack(started("c1").neverStarted(T0));
        assertThat(target.completions).containsExactly("released decision-c1");
    }

    @Test
    void releasesAnOrphanLaterWhenTheAuthorityIsAway() {
        target.completeFault = new IllegalStateException("503");
        delivery.handBack(started("c1").neverStarted(T0));
        assertThat(delivery.retryPending()).isEqualTo(new DeliveryReport(0, 0, 1));
        target.completeFault = null;
        assertThat(delivery.retryPending().isComplete()).isTrue();
        assertThat(delivery.retryPending().isComplete()).isTrue();
        assertThat(target.completions).containsExactly("released decision-c1");
        assertThat(journal.find(key("c1"))).isEmpty();
    }

    @Test
    void drainsUntilNothingIsPending() {
        AtomicInteger tries = new AtomicInteger();
        target.beforeDelivery = envelope -> {
            if (tries.incrementAndGet() < 4) {
                throw new IllegalStateException("503");
            }
        };
        journal.record(executed("c1"));
        assertThat(delivery.drain(Duration.ofSeconds(10))).isEqualTo(new DeliveryReport(1, 0, 0));
        assertThat(waiting.pauses)
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
    }

    @Test
    void stopsDrainingWhenTheTimeIsUp() {
        target.deliverFault = new IllegalStateException("503");
        journal.record(executed("c1"));
        assertThat(delivery.drain(Duration.ofSeconds(5))).isEqualTo(new DeliveryReport(0, 0, 1));
        assertThat(waiting.now).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void triesNothingWhenThereIsNoTime() {
        journal.record(executed("c1"));
        assertThat(delivery.drain(Duration.ZERO)).isEqualTo(new DeliveryReport(0, 0, 1));
        assertThat(target.attempts).isEmpty();
    }

    @Test
    void endsTheDrainOnInterrupt() {
        target.deliverFault = new IllegalStateException("503");
        journal.record(executed("c1"));
        waiting.interrupting = true;
        assertThat(delivery.drain(Duration.ofHours(1)).pending()).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void letsTheFirstOfTwoSettlementsHold() {
        JournalEntry doubtful = started("c1").inDoubt("java.io.IOException", T0);
        journal.record(doubtful);
        delivery.settle(doubtful.failed("settled.not_executed", T0));
        JournalEntry second = delivery.settle(doubtful.executed(Entries.envelope("c1"), T0));
        assertThat(second.state()).isEqualTo(CallState.FAILED);
        assertThat(target.attempts).containsExactly("released decision-c1");
    }

    @Test
    void leavesOtherTenantsAlone() {
        EvidenceDelivery elsewhere = EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .tenantId("tenant-b")
                .build();
        journal.record(executed("c1"));
        assertThat(elsewhere.retryPending()).isEqualTo(new DeliveryReport(0, 0, 0));
        assertThat(target.attempts).isEmpty();
    }

    @Test
    void leavesOtherIntentsAlone() {
        CallKey elsewhere = new CallKey("11111111-1111-4111-8111-111111111111", "c1");
        journal.record(started(elsewhere, "digest", null).executed(Entries.envelope("c1"), T0));
        delivery.retryPending();
        assertThat(target.attempts).isEmpty();
    }

    private JournalEntry ranOffline() {
        return JournalEntry.startedOffline(key("c1"), Entries.facts("digest"), null, Entries.question(), T0)
                .executed(Entries.envelope("c1"), T0);
    }

    @Test
    void tellsTheAuthorityOfAnOfflineSpendBeforeItSendsTheEvidence() {
        EvidenceDelivery online = EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .reconciler(entry -> {
                    target.attempts.add("reconcile " + entry.key().callId());
                    return entry.reconciled("audit-9", "decision-9", T0);
                })
                .build();
        assertThat(online.settle(ranOffline()).state()).isEqualTo(CallState.DELIVERED);
        assertThat(target.attempts)
                .containsExactly("reconcile c1", "consumed decision-9", "evidence evidence:" + INTENT + ":c1");
    }

    @Test
    void sendsNoEvidenceOfAnOfflineSpendThatTheAuthorityDoesNotKnow() {
        assertThat(delivery.settle(ranOffline()).isPending()).isTrue();
        assertThat(delivery.retryPending()).isEqualTo(new DeliveryReport(0, 0, 1));
        assertThat(target.attempts).isEmpty();
    }

    @Test
    void ignoresAFailingObserver() {
        EvidenceDelivery observed = EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .observer(entry -> {
                    throw new IllegalStateException("observer");
                })
                .build();
        assertThat(observed.settle(executed("c1")).state()).isEqualTo(CallState.DELIVERED);
    }

    private EvidenceDelivery delivery(EvidenceSealer sealer) {
        return EvidenceDelivery.builder(journal, target, sealer)
                .clock(Clock.fixed(T0, ZoneOffset.UTC))
                .intentId(INTENT)
                .waiting(waiting)
                .build();
    }

    /** Time that passes only when someone waits. */
    private static final class FakeWaiting implements Waiting {
        private Duration now = Duration.ZERO;
        private boolean interrupting;
        private final List<Duration> pauses = new ArrayList<>();

        @Override
        public Duration elapsed() {
            return now;
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            if (interrupting) {
                throw new InterruptedException();
            }
            pauses.add(duration);
            now = now.plus(duration);
        }
    }

    /** A journal that can be out of order. */
    private static final class FlakyJournal extends ForwardingJournal {
        private final CallJournal memory = new InMemoryCallJournal();
        private volatile boolean broken;

        @Override
        protected CallJournal journal() {
            if (broken) {
                throw new JournalException("journal.io", "disk full", null);
            }
            return memory;
        }
    }
}
