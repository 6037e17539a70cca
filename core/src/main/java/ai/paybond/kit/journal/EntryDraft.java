package ai.paybond.kit.journal;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next entry of a call while it is put together: the one before it with some members changed. An approval that is
 * waited for belongs to one entry, a question for the authority to all until it is answered. A postponement lasts while something is owed; each step that succeeds clears its count.
 */
final class EntryDraft {
    private final CallKey key;
    private final CallFacts facts;
    private final int attempt;
    private final int revision;
    private final Instant changedAt;
    private CallState state;
    private SpendStatus spend = SpendStatus.NONE;
    private EvidenceStatus evidence = EvidenceStatus.NONE;
    private Authorization authorization = Authorization.AUTHORITY;
    private @Nullable String auditId;
    private @Nullable String decisionId;
    private @Nullable String reasonCode;
    private @Nullable HeldCall held;
    private @Nullable EvidenceEnvelope envelope;
    private @Nullable DeliveryReceipt receipt;
    private @Nullable Postponement postponement;
    private @Nullable String runner;
    private @Nullable Instant finishedAt;

    private EntryDraft(CallKey key, CallFacts facts, int attempt, int revision, CallState state, Instant changedAt) {
        this.key = key;
        this.facts = facts;
        this.attempt = attempt;
        this.revision = revision;
        this.state = state;
        this.changedAt = changedAt;
    }

    /** The first entry of a call, or the first of another attempt. */
    static EntryDraft asked(
            CallKey key, CallFacts facts, @Nullable JournalEntry earlier, CallState state, Instant changedAt) {
        int attempt = JournalEntry.attemptAfter(earlier);
        int revision = earlier != null && attempt == earlier.attempt() ? earlier.revision() + 1 : 0;
        return new EntryDraft(key, facts, attempt, revision, state, changedAt);
    }

    static EntryDraft after(JournalEntry entry, Instant changedAt) {
        return from(entry, entry.revision() + 1, changedAt);
    }

    /** Not a transition. */
    static EntryDraft copy(JournalEntry entry) {
        return from(entry, entry.revision(), entry.changedAt());
    }

    private static EntryDraft from(JournalEntry entry, int revision, Instant changedAt) {
        EntryDraft draft =
                new EntryDraft(entry.key(), entry.facts(), entry.attempt(), revision, entry.state(), changedAt);
        draft.spend = entry.spend();
        draft.evidence = entry.evidence();
        draft.authorization = entry.authorization();
        draft.auditId = entry.auditId();
        draft.decisionId = entry.decisionId();
        draft.reasonCode = entry.reasonCode();
        draft.held = entry.spend() == SpendStatus.RECONCILE_DUE ? entry.held() : null;
        draft.envelope = entry.envelope();
        draft.receipt = entry.receipt();
        draft.runner = entry.runner();
        draft.finishedAt = entry.finishedAt();
        Postponement earlier = entry.postponement();
        draft.postponement = earlier == null ? null : earlier.afterProgress();
        return draft;
    }

    EntryDraft state(CallState next) {
        this.state = next;
        return this;
    }

    EntryDraft spend(SpendStatus next) {
        this.spend = next;
        return this;
    }

    EntryDraft evidence(EvidenceStatus next) {
        this.evidence = next;
        return this;
    }

    EntryDraft authorization(Authorization given) {
        this.authorization = given;
        return this;
    }

    EntryDraft answered(@Nullable String byAudit, @Nullable String byDecision) {
        this.auditId = byAudit;
        this.decisionId = byDecision;
        return this;
    }

    EntryDraft reason(@Nullable String code) {
        this.reasonCode = code;
        return this;
    }

    EntryDraft held(HeldCall waiting) {
        this.held = waiting;
        return this;
    }

    EntryDraft envelope(EvidenceEnvelope next) {
        this.envelope = next;
        return this;
    }

    EntryDraft receipt(DeliveryReceipt acknowledged) {
        this.receipt = acknowledged;
        return this;
    }

    EntryDraft postponed(@Nullable Postponement until) {
        this.postponement = until;
        return this;
    }

    EntryDraft runner(String process) {
        this.runner = process;
        return this;
    }

    /** The outcome is known now, unless it was before. */
    EntryDraft finished() {
        this.finishedAt = finishedAt == null ? changedAt : finishedAt;
        return this;
    }

    JournalEntry entry() {
        boolean owing = (spend.isDue() && state != CallState.STARTED) || evidence == EvidenceStatus.PENDING;
        boolean waiting = spend == SpendStatus.RECONCILE_DUE || state == CallState.HELD || state == CallState.DENIED;
        return new JournalEntry(
                key,
                facts,
                attempt,
                revision,
                state,
                spend,
                evidence,
                authorization,
                auditId,
                decisionId,
                reasonCode,
                waiting ? held : null,
                envelope,
                receipt,
                owing ? postponement : null,
                runner,
                finishedAt,
                changedAt);
    }
}
