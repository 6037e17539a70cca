package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.EvidenceStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a call is tried again, in which order, and when no more. */
class DeliveryPatienceTest {
    private final RecordingTarget target = new RecordingTarget();
    private final CallJournal journal = new InMemoryCallJournal();
    private final SettableClock clock = new SettableClock();
    private final DeliverySettings settings =
            DeliverySettings.DEFAULT.delays(Duration.ofSeconds(10), Duration.ofSeconds(100));

    private EvidenceDelivery delivery() {
        return delivery(settings);
    }

    private EvidenceDelivery delivery(DeliverySettings patience) {
        return EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .clock(clock)
                .settings(patience)
                .random(new Random(7))
                .tenantId("tenant-a")
                .build();
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 10", "2, 10, 20", "3, 20, 40", "4, 40, 80", "5, 50, 100", "1000, 50, 100"})
    void waitsTwiceAsLongAfterEachFailureWithinBounds(int failures, int atLeast, int atMost) {
        RetrySchedule schedule = new RetrySchedule(settings, new Random(1));
        for (int i = 0; i < 200; i++) {
            assertThat(schedule.next(failures, null, T0)).isBetween(T0.plusSeconds(atLeast), T0.plusSeconds(atMost));
        }
    }

    @Test
    void waitsAsLongAsTheAuthorityAsksButNoLongerThanADay() {
        RetrySchedule schedule = new RetrySchedule(settings, new Random(1));
        assertThat(schedule.next(1, Duration.ofSeconds(600), T0)).isEqualTo(T0.plusSeconds(600));
        assertThat(schedule.next(1, Duration.ofSeconds(1), T0)).isBetween(T0.plusSeconds(5), T0.plusSeconds(10));
        assertThat(schedule.next(1, Duration.ofDays(400), T0)).isEqualTo(T0.plus(Duration.ofDays(1)));
    }

    @Test
    void keepsInTheJournalHowOftenAndUntilWhen() {
        target.deliverFault = new DeliveryPostponedException("http_429", "slow down", Duration.ofSeconds(600), null);
        delivery().settle(executed("c1"));
        assertThat(journal.find(key("c1")).orElseThrow().postponement())
                .isEqualTo(new Postponement(1, T0, T0.plusSeconds(600), "http_429"));
        clock.now = T0.plusSeconds(600);
        delivery().retryPending();
        assertThat(journal.find(key("c1")).orElseThrow().postponement().failures())
                .isEqualTo(2);
    }

    @Test
    void countsAnAttemptOnceThoughSpendAndEvidenceFail() {
        target.completeFault = new IllegalStateException("503");
        target.deliverFault = new IllegalStateException("503");
        assertThat(delivery().settle(executed("c1")).postponement().failures()).isEqualTo(1);
    }

    @Test
    void parksACallThatFailedTooOften() {
        target.deliverFault = new IllegalStateException("503");
        EvidenceDelivery impatient = delivery(settings.parkedAfter(3, Duration.ofDays(1)));
        impatient.settle(executed("c1"));
        assertThat(impatient.retryPending()).isEqualTo(new DeliveryReport(0, 0, 1));
        assertThat(impatient.retryPending()).isEqualTo(new DeliveryReport(0, 1, 0));
        assertThat(journal.inState(CallState.REJECTED, 10)).singleElement().satisfies(parked -> {
            assertThat(parked.reasonCode()).isEqualTo("delivery.attempts_exhausted");
            assertThat(parked.spend()).isEqualTo(SpendStatus.CONSUMED);
            assertThat(parked.evidence()).isEqualTo(EvidenceStatus.REJECTED);
            assertThat(parked.envelope()).isEqualTo(executed("c1").envelope());
        });
    }

    @Test
    void parksACallThatFailedForTooLong() {
        target.completeFault = new IllegalStateException("503");
        target.deliverFault = new IllegalStateException("503");
        EvidenceDelivery impatient = delivery(settings.parkedAfter(1_000, Duration.ofHours(1)));
        impatient.settle(executed("c1"));
        clock.now = T0.plus(Duration.ofMinutes(59));
        assertThat(impatient.retryPending().parked()).isZero();
        clock.now = T0.plus(Duration.ofMinutes(60));
        assertThat(impatient.retryPending().parked()).isEqualTo(1);
        assertThat(journal.find(key("c1")).orElseThrow().spend()).isEqualTo(SpendStatus.REJECTED);
    }

    @Test
    void deliversTheSameBytesOfAParkedCallWhenAPersonWantsIt() {
        parksACallThatFailedTooOften();
        target.deliverFault = null;
        assertThat(delivery().retry(key("c1")).state()).isEqualTo(CallState.DELIVERED);
        assertThat(target.delivered).containsExactly(executed("c1").envelope());
        assertThat(target.completions).containsExactly("consumed decision-c1");
    }

    @Test
    void refusesToRetryWhatIsNotParked() {
        journal.record(executed("c1"));
        for (CallKey call : new CallKey[] {key("c1"), key("unknown")}) {
            assertThatThrownBy(() -> delivery().retry(call))
                    .isInstanceOfSatisfying(
                            JournalException.class, e -> assertThat(e.code()).isEqualTo("call.not_parked"));
        }
    }

    @Test
    void deliversTheCallsOfAnIntentInTheOrderInWhichTheyFinished() {
        journal.record(at("third", 3));
        journal.record(at("first", 1));
        journal.record(at("second", 2));
        assertThat(delivery().retryPending()).isEqualTo(new DeliveryReport(3, 0, 0));
        assertThat(target.delivered)
                .extracting(envelope -> envelope.context().callId())
                .containsExactly("first", "second", "third");
    }

    @Test
    void holdsLaterCallsOfAnIntentBackWhileAnEarlierOneFails() {
        target.beforeDelivery = envelope -> {
            if (envelope.context().callId().equals("first")) {
                throw new IllegalStateException("503");
            }
        };
        delivery().settle(at("first", 1));
        assertThat(delivery().settle(at("second", 2)).isPending()).isTrue();
        assertThat(delivery().retryPending()).isEqualTo(new DeliveryReport(0, 0, 2));
        assertThat(target.delivered).isEmpty();
        target.beforeDelivery = envelope -> {};
        assertThat(delivery().retryPending()).isEqualTo(new DeliveryReport(2, 0, 0));
    }

    @Test
    void deliversWhatWaitsLongerBeforeTheCallThatJustFinished() {
        target.deliverFault = new IllegalStateException("503");
        delivery().settle(at("first", 1));
        target.deliverFault = null;
        clock.now = T0.plusSeconds(100);
        assertThat(delivery().settle(at("second", 50)).state()).isEqualTo(CallState.DELIVERED);
        assertThat(target.delivered)
                .extracting(envelope -> envelope.context().callId())
                .containsExactly("first", "second");
    }

    @Test
    void leavesAnIntentToTheProcessThatDeliversIt() {
        journal.record(executed("c1"));
        DeliveryLease other = new DeliveryLease("tenant-a", "other", T0, T0.plusSeconds(15));
        journal.lease(other, Entries.INTENT);
        assertThat(delivery().retryPending()).isEqualTo(new DeliveryReport(0, 0, 1));
        assertThat(target.attempts).isEmpty();
        clock.now = T0.plusSeconds(15);
        assertThat(delivery().retryPending()).isEqualTo(new DeliveryReport(1, 0, 0));
    }

    @Test
    void marksACallAsUnderWaySoThatNoOtherProcessDeliversItMeanwhile() {
        target.beforeDelivery = envelope -> assertThat(
                        journal.leaseDue(new DeliveryLease("tenant-a", "other", T0, T0.plusSeconds(15)), 10))
                .isEmpty();
        assertThat(delivery().settle(executed("c1")).state()).isEqualTo(CallState.DELIVERED);
    }

    @Test
    void letsOthersTakeOverFromAProcessThatDiedWhileItDelivered() {
        journal.record(executed("c1").underWay(T0.plusSeconds(60), T0));
        assertThat(journal.leaseDue(new DeliveryLease("tenant-a", "other", T0, T0.plusSeconds(15)), 10))
                .isEmpty();
        Instant later = T0.plusSeconds(60);
        assertThat(journal.leaseDue(new DeliveryLease("tenant-a", "other", later, later.plusSeconds(15)), 10))
                .containsExactly(Entries.INTENT);
    }

    @Test
    void refusesSettingsThatWouldNeverDeliver() {
        assertThatThrownBy(() -> settings.parkedAfter(0, Duration.ofDays(1)))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> settings.delays(Duration.ZERO, Duration.ofDays(1)))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> settings.workers(0, Duration.ofSeconds(1))).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> settings.leases(Duration.ofMillis(1))).isInstanceOf(ConfigurationException.class);
    }

    private static JournalEntry at(String callId, int second) {
        return started(callId).executed(Entries.envelope(callId), T0.plusSeconds(second));
    }

    private static final class SettableClock extends Clock {
        private volatile Instant now = T0;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
