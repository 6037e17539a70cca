package ai.paybond.kit.benchmarks;

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
import java.time.Instant;

/** What a guarded call writes to its journal, and nothing else of it: four steps, with entries as large as a call's. */
final class Appends {

    private static final CallFacts FACTS =
            new CallFacts(Tokens.TENANT, Guards.TOOL, Tokens.OPERATION, "00".repeat(32), 1);
    private static final DeliveryReceipt RECEIPT = new DeliveryReceipt("evidence_submitted", true);
    private static final JsonObject PAYLOAD =
            JsonObject.builder().put("status", "booked").put("costCents", 1).build();
    private static final String SIGNED =
            "{\"payload\":" + PAYLOAD.toJson() + ",\"signature\":\"" + "A".repeat(600) + "\"}";

    private static final Clock CLOCK = Clock.systemUTC();

    private Appends() {}

    static JournalEntry call(CallJournal journal, String callId) {
        Instant now = CLOCK.instant();
        JournalEntry started = JournalEntry.started(
                new CallKey(Tokens.INTENT, callId), FACTS, null, "audit", "decision-" + callId, now);
        journal.claim(started);
        JournalEntry executed = started.executed(evidence(callId, now), now);
        journal.record(executed);
        JournalEntry completed = executed.spendCompleted(now);
        journal.record(completed);
        JournalEntry delivered = completed.delivered(RECEIPT, now);
        journal.record(delivered);
        return delivered;
    }

    private static EvidenceEnvelope evidence(String callId, Instant now) {
        EvidenceContext context = new EvidenceContext(
                Tokens.TENANT,
                Tokens.INTENT,
                callId,
                Guards.TOOL,
                Tokens.OPERATION,
                1,
                "decision-" + callId,
                "evidence:" + Tokens.INTENT + ":" + callId);
        return new EvidenceEnvelope(context, PAYLOAD, "00".repeat(32), now.toString(), EvidenceSeal.OWED, null)
                .signedAs(SIGNED);
    }
}
