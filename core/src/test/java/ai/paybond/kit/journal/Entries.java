package ai.paybond.kit.journal;

import ai.paybond.kit.evidence.EvidenceContext;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSeal;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries for tests, all of one intent unless said. */
public final class Entries {
    public static final Instant T0 = Instant.parse("2026-11-21T10:00:00Z");
    public static final String INTENT = "0f0e0d0c-0b0a-4908-8706-050403020100";

    private Entries() {}

    public static CallKey key(String callId) {
        return new CallKey(INTENT, callId);
    }

    public static CallFacts facts(String digest) {
        return new CallFacts("tenant-a", "bookHotel", "travel.book_hotel", digest, 4200);
    }

    /** What an authority is asked about a call that ran offline. */
    static HeldCall question() {
        return new HeldCall(null, "{\"amount_cents\":4200}", T0, null);
    }

    public static JournalEntry started(String callId) {
        return started(key(callId), "digest", null);
    }

    public static JournalEntry started(CallKey key, String digest, @Nullable JournalEntry earlier) {
        return JournalEntry.started(key, facts(digest), earlier, "audit-1", "decision-" + key.callId(), T0);
    }

    public static JournalEntry denied(String callId, String digest) {
        return JournalEntry.refused(
                key(callId), facts(digest), null, CallState.DENIED, "operation_not_allowed", null, T0);
    }

    public static JournalEntry executed(String callId) {
        return started(callId).executed(envelope(callId), T0.plusSeconds(1));
    }

    public static JournalEntry postponed(JournalEntry entry, Instant at) {
        return entry.postponed("http_503", at, at);
    }

    public static HeldCall waiting() {
        return new HeldCall("approval-1", "{\"a\":1,\"b\":\"\u00e9\"}", T0, T0.plusSeconds(60));
    }

    public static EvidenceEnvelope envelope(String callId) {
        return owed(callId).signedAs("{\"payload\":{\"status\":\"booked\",\"of\":\"" + callId + "\"}}");
    }

    public static EvidenceEnvelope owed(String callId) {
        EvidenceContext context = new EvidenceContext(
                "tenant-a",
                INTENT,
                callId,
                "bookHotel",
                "travel.book_hotel",
                4200,
                "decision-" + callId,
                "evidence:" + INTENT + ":" + callId);
        JsonObject payload = JsonObject.of(Map.of("status", "booked"));
        return new EvidenceEnvelope(context, payload, "00".repeat(32), "2026-11-21T10:00:01Z", EvidenceSeal.OWED, null);
    }
}
