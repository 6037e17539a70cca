package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.executed;
import static ai.paybond.kit.journal.Entries.key;
import static ai.paybond.kit.journal.Entries.started;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.evidence.EvidenceSealer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryWorkerTest {
    private static final DeliverySettings EAGER = DeliverySettings.DEFAULT
            .delays(Duration.ofMillis(1), Duration.ofMillis(5))
            .workers(2, Duration.ofMillis(2));

    private final RecordingTarget target = new RecordingTarget();
    private final CallJournal memory = new InMemoryCallJournal();
    private volatile boolean broken;
    private final CallJournal journal = new ForwardingJournal() {
        @Override
        protected CallJournal journal() {
            if (broken) {
                throw new JournalException("journal.io", "the database is gone", null);
            }
            return memory;
        }
    };
    private final List<DeliveryWorker> workers = new ArrayList<>();

    @AfterEach
    void stopWorkers() {
        workers.forEach(DeliveryWorker::close);
    }

    private DeliveryWorker start(String process) {
        DeliveryWorker worker =
                DeliveryWorker.start(journal, delivery(null), "tenant-a", process, EAGER, Clock.systemUTC());
        workers.add(worker);
        return worker;
    }

    private EvidenceDelivery delivery(@org.jspecify.annotations.Nullable String intentId) {
        EvidenceDelivery.Builder delivery = EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .settings(EAGER)
                .tenantId("tenant-a");
        return intentId == null ? delivery.build() : delivery.intentId(intentId).build();
    }

    @Test
    void deliversWhatAnEarlierProcessLeft() throws Exception {
        memory.record(executed("c1"));
        memory.record(executed("c2"));
        start("process-1");
        await(() -> memory.inState(CallState.DELIVERED, 10).size() == 2);
        assertThat(target.delivered).hasSize(2);
    }

    @Test
    void deliversOnceTheAuthorityIsBack() throws Exception {
        CountDownLatch tried = new CountDownLatch(3);
        target.deliverFault = new IllegalStateException("503");
        target.beforeDelivery = envelope -> tried.countDown();
        memory.record(executed("c1"));
        start("process-1");
        assertThat(tried.await(60, TimeUnit.SECONDS)).isTrue();
        target.deliverFault = null;
        await(() -> memory.find(key("c1")).orElseThrow().state() == CallState.DELIVERED);
        assertThat(target.delivered).containsExactly(Entries.envelope("c1"));
    }

    @Test
    void goesOnWhenTheDatabaseIsBackAndWritesDownWhatItMissed() throws Exception {
        DeliveryWorker worker = start("process-1");
        EvidenceDelivery guarded = delivery(Entries.INTENT);
        worker.adopt(guarded);
        memory.claim(started("c1"));
        target.deliverFault = new IllegalStateException("503");
        broken = true;
        guarded.settle(executed("c1"));
        target.deliverFault = null;
        assertThat(memory.find(key("c1")).orElseThrow().state()).isEqualTo(CallState.STARTED);
        broken = false;
        await(() -> memory.find(key("c1")).orElseThrow().state() == CallState.DELIVERED);
        assertThat(target.delivered).hasSize(1);
    }

    @Test
    void deliversEachCallOnceHoweverManyWorkersShareTheJournal() throws Exception {
        for (int intent = 0; intent < 10; intent++) {
            for (int call = 0; call < 10; call++) {
                String callId = "i" + intent + "c" + call;
                memory.record(started(new CallKey("intent-" + intent, callId), "digest", null)
                        .executed(Entries.envelope(callId), T0.plusSeconds(call)));
            }
        }
        for (int i = 0; i < 4; i++) {
            start("process-" + i);
        }
        await(() -> memory.inState(CallState.DELIVERED, 200).size() == 100);
        assertThat(target.delivered)
                .hasSize(100)
                .extracting(envelope -> envelope.context().callId())
                .doesNotHaveDuplicates();
    }

    @Test
    void deliversThroughTheGuardThatKnowsTheIntent() throws Exception {
        RecordingTarget ofGuard = new RecordingTarget();
        EvidenceDelivery guarded = EvidenceDelivery.builder(journal, ofGuard, EvidenceSealer.managed())
                .settings(EAGER)
                .intentId(Entries.INTENT)
                .build();
        start("process-1").adopt(guarded);
        memory.record(executed("c1"));
        await(() -> ofGuard.delivered.size() == 1);
        assertThat(target.attempts).isEmpty();
    }

    @Test
    void forgetsAGuardThatWasClosedOnceNothingIsLeftToDo() throws Exception {
        DeliveryWorker worker = start("process-1");
        EvidenceDelivery guarded = delivery(Entries.INTENT);
        worker.adopt(guarded);
        target.deliverFault = new IllegalStateException("503");
        CountDownLatch tried = new CountDownLatch(3);
        target.beforeDelivery = envelope -> tried.countDown();
        memory.record(executed("c1"));
        guarded.retire();
        assertThat(tried.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.hasAdopted(Entries.INTENT)).isTrue();
        target.deliverFault = null;
        await(() -> !worker.hasAdopted(Entries.INTENT));
        assertThat(memory.find(key("c1")).orElseThrow().state()).isEqualTo(CallState.DELIVERED);
    }

    private static JournalEntry ranOffline() {
        return JournalEntry.startedOffline(key("c1"), Entries.facts("digest"), null, Entries.question(), T0)
                .executed(Entries.envelope("c1"), T0);
    }

    private EvidenceDelivery ofAGuard(SpendReconciler reconciler, DeliverySettings settings) {
        return EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .settings(settings)
                .intentId(Entries.INTENT)
                .reconciler(reconciler)
                .build();
    }

    @Test
    void leavesWhatRanOfflineToAGuardAndCountsNoAttemptAgainstIt() throws Exception {
        DeliverySettings impatient = EAGER.parkedAfter(2, Duration.ofDays(3));
        EvidenceDelivery ofSession = EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .settings(impatient)
                .build();
        memory.record(ranOffline());
        for (int i = 0; i < 5; i++) {
            assertThat(ofSession.retryPending()).isEqualTo(new DeliveryReport(0, 0, 1));
        }
        assertThat(memory.find(key("c1")).orElseThrow().spend()).isEqualTo(SpendStatus.RECONCILE_DUE);
        assertThat(target.attempts).isEmpty();

        List<Integer> asked = new ArrayList<>();
        EvidenceDelivery ofGuard = ofAGuard(
                entry -> {
                    asked.add(1);
                    if (asked.size() == 1) {
                        throw new IllegalStateException("still away");
                    }
                    return entry.reconciled("audit-9", "decision-9", T0);
                },
                impatient);
        assertThat(ofGuard.retryPending()).isEqualTo(new DeliveryReport(0, 0, 1));
        assertThat(ofGuard.retryPending()).isEqualTo(new DeliveryReport(1, 0, 0));
    }

    @Test
    void reconcilesAsSoonAsAGuardIsOpenedHoweverLongItWasToWait() throws Exception {
        DeliverySettings slow = EAGER.delays(Duration.ofHours(1), Duration.ofHours(1));
        EvidenceDelivery ofSession = EvidenceDelivery.builder(journal, target, EvidenceSealer.managed())
                .settings(slow)
                .tenantId("tenant-a")
                .build();
        memory.record(ranOffline());
        DeliveryWorker worker =
                DeliveryWorker.start(journal, ofSession, "tenant-a", "process-1", EAGER, Clock.systemUTC());
        workers.add(worker);
        await(() -> memory.find(key("c1")).orElseThrow().postponement() != null);
        assertThat(target.attempts).isEmpty();

        worker.adopt(ofAGuard(entry -> entry.reconciled("audit-9", "decision-9", T0), slow));
        await(() -> memory.find(key("c1")).orElseThrow().state() == CallState.DELIVERED);
        assertThat(target.attempts)
                .containsExactly("consumed decision-9", "evidence evidence:" + Entries.INTENT + ":c1");
    }

    @Test
    void leavesTheCallsOfOtherTenantsAlone() throws Exception {
        CallFacts theirs = new CallFacts("tenant-b", "bookHotel", "travel.book_hotel", "digest", 4200);
        memory.record(JournalEntry.started(new CallKey("intent-b", "c1"), theirs, null, "a", "d", T0)
                .executed(Entries.envelope("c1"), T0));
        memory.record(executed("ours"));
        start("process-1");
        await(() -> memory.find(key("ours")).orElseThrow().state() == CallState.DELIVERED);
        assertThat(target.delivered)
                .extracting(envelope -> envelope.context().callId())
                .containsExactly("ours");
        assertThat(memory.pending("intent-b", 10)).hasSize(1);
    }

    @Test
    void saysThatItsProcessLivesUntilItIsClosed() {
        DeliveryWorker worker = start("process-1");
        memory.claim(started("c1").runBy("process-1"));
        assertThat(memory.abandoned("tenant-a", Clock.systemUTC().instant(), 10))
                .isEmpty();
        worker.close();
        assertThat(memory.abandoned("tenant-a", Clock.systemUTC().instant(), 10))
                .hasSize(1);
    }

    @Test
    void beginsNothingMoreAfterItWasStopped() {
        DeliveryWorker worker = start("process-1");
        worker.stop(Duration.ofMinutes(1));
        memory.record(executed("c1"));
        worker.stop(Duration.ofMinutes(1));
        assertThat(target.attempts).isEmpty();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(end);
            Thread.onSpinWait();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
