package ai.paybond.kit.cli.rates;

import ai.paybond.kit.evidence.EvidenceContext;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSeal;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The three steps of a call in a journal (before its tool runs, after it, once it is delivered), as fast as they go. */
final class AppendRate {
    private static final CallFacts FACTS =
            new CallFacts("rates", "bookHotel", "travel.book_hotel", "00".repeat(32), 4_200);

    private static final DeliveryReceipt RECEIPT = new DeliveryReceipt("released", true);
    private static final long STEPS = 3;

    private final CallJournal journal;
    private final Clock clock;
    private final String intentId = UUID.randomUUID().toString();

    AppendRate(CallJournal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** Steps in a second, by all threads together. */
    double measure(int threads, Duration time) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long begun = System.nanoTime();
            long end = begun + time.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String prefix = "t" + thread + "-";
                counts.add(executor.submit(() -> append(prefix, end)));
            }
            long steps = 0;
            for (Future<Long> count : counts) {
                steps += count.get();
            }
            return steps * 1e9 / (System.nanoTime() - begun);
        } finally {
            executor.shutdownNow();
        }
    }

    private long append(String prefix, long end) {
        long calls = 0;
        while (System.nanoTime() - end < 0) {
            String callId = prefix + calls++;
            JournalEntry started = JournalEntry.started(
                    new CallKey(intentId, callId), FACTS, null, "audit", "decision-" + callId, clock.instant());
            journal.claim(started);
            JournalEntry executed = started.executed(evidence(callId), clock.instant());
            journal.record(executed);
            journal.record(executed.spendCompleted(clock.instant()).delivered(RECEIPT, clock.instant()));
        }
        return STEPS * calls;
    }

    /** About as large as a small booking's. */
    private EvidenceEnvelope evidence(String callId) {
        EvidenceContext context = new EvidenceContext(
                "rates",
                intentId,
                callId,
                "bookHotel",
                "travel.book_hotel",
                4_200,
                "decision-" + callId,
                "evidence:" + intentId + ":" + callId);
        JsonObject payload = JsonObject.builder()
                .put("status", "completed")
                .put("cost_cents", 4_200)
                .build();
        String submitted = clock.instant().toString();
        return new EvidenceEnvelope(context, payload, "00".repeat(32), submitted, EvidenceSeal.OWED, null)
                .signedAs("{\"payload\":" + payload.toJson() + ",\"signature\":\"" + "A".repeat(600) + "\"}");
    }
}
