package ai.paybond.kit.journal;

import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one call. Each transition gives a new, newer entry; there is no way back from "ran" to "did not
 * run", nor from a consumed spend to a released one.
 *
 * @param key which call
 * @param facts what was asked for
 * @param attempt 1 for the first time the authority is asked; higher after each earlier answer that kept the tool from running
 * @param revision counts the transitions within the attempt, from 0
 * @param state where the call stands
 * @param spend what has become of the reservation
 * @param evidence how far the evidence has come
 * @param auditId the authority's audit id, if it gave one
 * @param decisionId the authority's spend decision, if it made one
 * @param reasonCode why the call was refused, held, parked or left in doubt
 * @param envelope the evidence as it is sent, once the tool returned and its result was mapped
 * @param receipt the authority's acknowledgement
 * @param changedAt when this entry was made
 */
public record JournalEntry(
        CallKey key,
        CallFacts facts,
        int attempt,
        int revision,
        CallState state,
        SpendStatus spend,
        EvidenceStatus evidence,
        @Nullable String auditId,
        @Nullable String decisionId,
        @Nullable String reasonCode,
        @Nullable EvidenceEnvelope envelope,
        @Nullable DeliveryReceipt receipt,
        Instant changedAt) {

    /** @throws IllegalArgumentException when the counts are out of range, or pending evidence has no envelope */
    public JournalEntry {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(spend, "spend");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(changedAt, "changedAt");
        if (attempt < 1 || revision < 0) {
            throw new IllegalArgumentException("attempts count from 1 and revisions from 0");
        }
        if (evidence == EvidenceStatus.PENDING && envelope == null) {
            throw new IllegalArgumentException("pending evidence needs an envelope");
        }
    }

    /**
     * A call that was refused or that waits for approval.
     *
     * @param earlier what was kept for this key before, if anything; the new entry is newer
     */
    public static JournalEntry refused(
            CallKey key,
            CallFacts facts,
            @Nullable JournalEntry earlier,
            CallState deniedOrHeld,
            String reasonCode,
            @Nullable String auditId,
            Instant at) {
        if (deniedOrHeld.mayHaveRun()) {
            throw new IllegalArgumentException("a refused call did not run");
        }
        return new JournalEntry(
                key,
                facts,
                attemptAfter(earlier),
                revisionAfter(earlier),
                deniedOrHeld,
                SpendStatus.NONE,
                EvidenceStatus.NONE,
                auditId,
                null,
                reasonCode,
                null,
                null,
                at);
    }

    /**
     * A call that is about to run. With a decision, its spend is held.
     *
     * @param earlier what was kept for this key before, if anything; the new entry is newer
     */
    public static JournalEntry started(
            CallKey key,
            CallFacts facts,
            @Nullable JournalEntry earlier,
            @Nullable String auditId,
            @Nullable String decisionId,
            Instant at) {
        SpendStatus spend = decisionId == null ? SpendStatus.NONE : SpendStatus.HELD;
        return new JournalEntry(
                key,
                facts,
                attemptAfter(earlier),
                revisionAfter(earlier),
                CallState.STARTED,
                spend,
                EvidenceStatus.NONE,
                auditId,
                decisionId,
                null,
                null,
                null,
                at);
    }

    /**
     * The attempt that follows an earlier entry: the same one when no authority answered it, so that its repetition is
     * recognised there, otherwise the next.
     */
    public static int attemptAfter(@Nullable JournalEntry earlier) {
        if (earlier == null) {
            return 1;
        }
        boolean unanswered = earlier.state == CallState.DENIED && earlier.auditId == null;
        return unanswered ? earlier.attempt : earlier.attempt + 1;
    }

    private static int revisionAfter(@Nullable JournalEntry earlier) {
        return earlier != null && attemptAfter(earlier) == earlier.attempt ? earlier.revision + 1 : 0;
    }

    /** This call was allowed and never started, so that its reservation is to be given back. */
    public JournalEntry neverStarted(Instant at) {
        require(CallState.STARTED);
        return next(CallState.AUTHORIZED, releaseDue(), evidence, null, at);
    }

    /** The tool returned, or turned out to have acted, and this is to be delivered. */
    public JournalEntry executed(EvidenceEnvelope evidenceOfResult, Instant at) {
        requireOpen();
        return with(evidenceOfResult, CallState.EXECUTED, consumeDue(), EvidenceStatus.PENDING, null, at);
    }

    /** The same without evidence to deliver: {@link EvidenceStatus#NONE} or {@link EvidenceStatus#UNMAPPED}. */
    public JournalEntry executedWithout(EvidenceStatus status, @Nullable String reason, Instant at) {
        requireOpen();
        return next(CallState.EXECUTED, consumeDue(), status, reason, at).settled();
    }

    /** The tool threw in a way that says nothing happened, or turned out not to have acted. */
    public JournalEntry failed(String reason, Instant at) {
        requireOpen();
        return next(CallState.FAILED, releaseDue(), evidence, reason, at);
    }

    /** The tool may have acted. What is held stays held. */
    public JournalEntry inDoubt(String reason, Instant at) {
        require(CallState.STARTED);
        return next(CallState.IN_DOUBT, spend, evidence, reason, at);
    }

    /** The envelope was signed after all. */
    public JournalEntry sealed(EvidenceEnvelope signed, Instant at) {
        return with(signed, state, spend, evidence, reasonCode, at);
    }

    /** The authority knows what became of the spend. */
    public JournalEntry spendCompleted(Instant at) {
        SpendStatus done = spend == SpendStatus.RELEASE_DUE ? SpendStatus.RELEASED : SpendStatus.CONSUMED;
        return next(state, done, evidence, reasonCode, at).settled();
    }

    /** The authority refused for good to complete the spend. */
    public JournalEntry spendRejected(String reason, Instant at) {
        return next(state, SpendStatus.REJECTED, evidence, reason, at).settled();
    }

    /** The authority has the evidence. */
    public JournalEntry delivered(DeliveryReceipt acknowledged, Instant at) {
        return new JournalEntry(
                        key,
                        facts,
                        attempt,
                        revision + 1,
                        state,
                        spend,
                        EvidenceStatus.DELIVERED,
                        auditId,
                        decisionId,
                        reasonCode,
                        envelope,
                        acknowledged,
                        at)
                .settled();
    }

    /** The authority refused the evidence for good. */
    public JournalEntry evidenceRejected(String reason, Instant at) {
        return next(state, spend, EvidenceStatus.REJECTED, reason, at).settled();
    }

    /** The authority could not be told now; this puts the entry behind those that wait longer. */
    public JournalEntry postponed(Instant at) {
        return next(state, spend, evidence, reasonCode, at);
    }

    /** Whether the authority still has to be told something. */
    public boolean isPending() {
        return spend.isDue() || evidence == EvidenceStatus.PENDING;
    }

    /**
     * Whether this entry goes before the other: that a call may have run is newer than any refusal of it, however many
     * there were meanwhile. Otherwise the later attempt is newer, and in one attempt the later revision.
     */
    public boolean isNewerThan(JournalEntry other) {
        if (state.mayHaveRun() != other.state.mayHaveRun()) {
            return state.mayHaveRun();
        }
        return attempt > other.attempt || (attempt == other.attempt && revision > other.revision);
    }

    /**
     * Whether a call that did not run may be asked for again: nothing is owed for it, and it was denied or the very same
     * thing is asked for. A call that waits for approval is bound to its arguments.
     */
    public boolean mayBeTakenUpBy(CallFacts other) {
        boolean bound = state != CallState.DENIED;
        return !state.mayHaveRun() && !isPending() && (!bound || isSameRequest(other));
    }

    /** Whether tool and arguments are equal. */
    public boolean isSameRequest(CallFacts other) {
        return facts.callDigest().equals(other.callDigest());
    }

    private JournalEntry settled() {
        if (state != CallState.EXECUTED || isPending()) {
            return this;
        }
        boolean parked = spend == SpendStatus.REJECTED
                || evidence == EvidenceStatus.REJECTED
                || evidence == EvidenceStatus.UNMAPPED;
        return next(parked ? CallState.REJECTED : CallState.DELIVERED, spend, evidence, reasonCode, changedAt);
    }

    private SpendStatus consumeDue() {
        return spend == SpendStatus.HELD ? SpendStatus.CONSUME_DUE : spend;
    }

    private SpendStatus releaseDue() {
        return spend == SpendStatus.HELD ? SpendStatus.RELEASE_DUE : spend;
    }

    /** Only a call whose outcome is not known yet can be given one. */
    private void requireOpen() {
        if (state != CallState.IN_DOUBT) {
            require(CallState.STARTED);
        }
    }

    private void require(CallState expected) {
        if (state != expected) {
            throw new IllegalStateException("a call that is " + state + " cannot do this");
        }
    }

    private JournalEntry next(
            CallState nextState,
            SpendStatus nextSpend,
            EvidenceStatus nextEvidence,
            @Nullable String reason,
            Instant at) {
        return with(envelope, nextState, nextSpend, nextEvidence, reason, at);
    }

    private JournalEntry with(
            @Nullable EvidenceEnvelope nextEnvelope,
            CallState nextState,
            SpendStatus nextSpend,
            EvidenceStatus nextEvidence,
            @Nullable String reason,
            Instant at) {
        return new JournalEntry(
                key,
                facts,
                attempt,
                revision + 1,
                nextState,
                nextSpend,
                nextEvidence,
                auditId,
                decisionId,
                reason,
                nextEnvelope,
                receipt,
                at);
    }
}
