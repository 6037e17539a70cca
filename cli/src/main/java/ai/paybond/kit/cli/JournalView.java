package ai.paybond.kit.cli;

import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.HeldCall;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.RecordEntry;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Journal entries for people and programs. What models and tools wrote is shown without control characters. */
final class JournalView {
    private static final String COLUMNS = "%-24s %-10s %-12s %-9s %8s  %-30s %s";
    private static final int SHOWN = 30;

    private JournalView() {}

    static String heading() {
        return String.format(Locale.ROOT, COLUMNS, "CHANGED", "STATE", "SPEND", "EVIDENCE", "CENTS", "TOOL", "CALL");
    }

    static String line(JournalEntry entry) {
        String reason = entry.reasonCode() == null ? "" : " (" + plain(entry.reasonCode()) + ")";
        return String.format(
                Locale.ROOT,
                COLUMNS,
                entry.changedAt(),
                entry.state(),
                entry.spend(),
                entry.evidence(),
                entry.facts().spendCents(),
                shortened(plain(entry.facts().toolName())),
                plain(entry.key().intentId() + "/" + entry.key().callId()) + reason);
    }

    /** Everything but the signed bytes and the evidence itself. */
    static JsonObject json(JournalEntry entry) {
        return RecordEntry.callOf(entry)
                .with("revision", entry.revision())
                .with("changed_at", entry.changedAt().toString())
                .with("needs_a_person", needsAPerson(entry));
    }

    /** With what a person needs to judge the call: held arguments and evidence. */
    static JsonObject details(JournalEntry entry) {
        JsonObject.Builder json = JsonObject.builder().putAll(json(entry));
        HeldCall held = entry.held();
        if (held != null) {
            json.put("held_arguments", JsonObject.parse(held.argumentsJson()))
                    .put("held_at", held.heldAt().toString())
                    .putIfPresent("approval_request_id", held.approvalRequestId())
                    .putIfPresent(
                            "expires_at",
                            held.expiresAt() == null ? null : held.expiresAt().toString());
        }
        if (entry.envelope() != null) {
            json.put("evidence_payload", entry.envelope().payload())
                    .put("evidence_submitted_at", entry.envelope().submittedAt())
                    .put("evidence_seal", entry.envelope().seal().name())
                    .put("evidence_idempotency_key", entry.envelope().idempotencyKey());
        }
        if (entry.receipt() != null) {
            json.put("receipt_state", entry.receipt().state())
                    .putIfPresent("predicate_passed", entry.receipt().predicatePassed());
        }
        return json.build();
    }

    static boolean needsAPerson(JournalEntry entry) {
        return List.of(CallState.STARTED, CallState.IN_DOUBT, CallState.HELD, CallState.REJECTED)
                .contains(entry.state());
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
    }

    /** Terminals obey control characters, and a call's id comes from a model. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
