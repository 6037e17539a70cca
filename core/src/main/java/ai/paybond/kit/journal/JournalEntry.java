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
 * @param authorization on whose word the call ran, or would have
 * @param auditId the authority's audit id, if it gave one
 * @param decisionId the authority's spend decision, if it made one
 * @param reasonCode why the call was refused, held, parked or left in doubt
 * @param held what a call that waits for a person goes on with, in state {@link CallState#HELD}, or what it waited with when it
 *     was {@linkplain #closed closed}; or what the authority is to be asked about a call that ran offline, while its spend is
 *     {@link SpendStatus#RECONCILE_DUE}
 * @param envelope the evidence as it is sent, once the tool returned and its result was mapped
 * @param receipt the authority's acknowledgement
 * @param postponement when delivery is tried next, if it failed
 * @param runner the process that runs the call, if it {@linkplain CallJournal#keepAlive says that it lives}
 * @param finishedAt since when the outcome is known; calls are delivered in this order
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
        Authorization authorization,
        @Nullable String auditId,
        @Nullable String decisionId,
        @Nullable String reasonCode,
        @Nullable HeldCall held,
        @Nullable EvidenceEnvelope envelope,
        @Nullable DeliveryReceipt receipt,
        @Nullable Postponement postponement,
        @Nullable String runner,
        @Nullable Instant finishedAt,
        Instant changedAt) {

    /**
     * @throws IllegalArgumentException when the counts are out of range, pending evidence has no envelope, or a call that
     *     is not held waits for a person
     */
    public JournalEntry {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(spend, "spend");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(changedAt, "changedAt");
        requireThat(attempt >= 1 && revision >= 0, "attempts count from 1 and revisions from 0");
        requireThat(evidence != EvidenceStatus.PENDING || envelope != null, "pending evidence needs an envelope");
        boolean waits = state == CallState.HELD || state == CallState.DENIED || spend == SpendStatus.RECONCILE_DUE;
        requireThat(held == null || waits, "only a held call waits for a person");
    }

    /**
     * A call that was refused, or that waits for an approval somewhere else.
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
        requireThat(!deniedOrHeld.mayHaveRun(), "a refused call did not run");
        return EntryDraft.asked(key, facts, earlier, deniedOrHeld, at)
                .reason(reasonCode)
                .answered(auditId, null)
                .entry();
    }

    /**
     * A call that waits for a person, with what it takes to go on in another process.
     *
     * @param earlier what was kept for this key before, if anything; the new entry is newer
     */
    public static JournalEntry held(
            CallKey key,
            CallFacts facts,
            @Nullable JournalEntry earlier,
            HeldCall held,
            String reasonCode,
            @Nullable String auditId,
            Instant at) {
        return EntryDraft.asked(key, facts, earlier, CallState.HELD, at)
                .held(held)
                .reason(reasonCode)
                .answered(auditId, null)
                .entry();
    }

    /**
     * The wait for a person ended without the call, for good: it is not asked for again under this key.
     *
     * @param reasonCode how the wait ended
     * @param words what was said about it
     */
    public JournalEntry closed(String reasonCode, @Nullable String words, Instant at) {
        require(CallState.HELD);
        requireThat(held != null, "this call waits for nobody here");
        return next(at).state(CallState.DENIED)
                .held(Objects.requireNonNull(held).closed(words))
                .reason(reasonCode)
                .entry();
    }

    /**
     * A call that is about to run. With a decision, its spend is held; without any answer of the authority, none was asked.
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
        boolean answered = auditId != null || decisionId != null;
        return EntryDraft.asked(key, facts, earlier, CallState.STARTED, at)
                .spend(decisionId == null ? SpendStatus.NONE : SpendStatus.HELD)
                .authorization(answered ? Authorization.AUTHORITY : Authorization.NONE)
                .answered(auditId, decisionId)
                .entry();
    }

    /**
     * A call that is about to run on an offline allowance. Whatever it spends, the authority is to be asked for a decision
     * {@linkplain #reconciled afterwards}.
     *
     * @param earlier what was kept for this key before, if anything; the new entry is newer
     * @param toBeAsked what the authority is asked then
     */
    public static JournalEntry startedOffline(
            CallKey key, CallFacts facts, @Nullable JournalEntry earlier, HeldCall toBeAsked, Instant at) {
        return EntryDraft.asked(key, facts, earlier, CallState.STARTED, at)
                .spend(SpendStatus.RECONCILE_DUE)
                .held(toBeAsked)
                .authorization(Authorization.OFFLINE)
                .entry();
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

    /** The same call, run by a process that {@linkplain CallJournal#keepAlive says that it lives}. */
    public JournalEntry runBy(String process) {
        require(CallState.STARTED);
        return EntryDraft.copy(this).runner(process).entry();
    }

    /** This call was allowed and never started, so that its reservation is to be given back. */
    public JournalEntry neverStarted(Instant at) {
        require(CallState.STARTED);
        return next(at).state(CallState.AUTHORIZED)
                .finished()
                .spend(releaseDue())
                .reason(null)
                .entry();
    }

    /** The tool returned, or turned out to have acted, and this is to be delivered. */
    public JournalEntry executed(EvidenceEnvelope evidenceOfResult, Instant at) {
        requireOpen();
        return next(at).state(CallState.EXECUTED)
                .finished()
                .spend(consumeDue())
                .evidence(EvidenceStatus.PENDING)
                .envelope(evidenceOfResult)
                .reason(null)
                .entry();
    }

    /** The same without evidence to deliver: {@link EvidenceStatus#NONE} or {@link EvidenceStatus#UNMAPPED}. */
    public JournalEntry executedWithout(EvidenceStatus status, @Nullable String reason, Instant at) {
        requireOpen();
        return next(at).state(CallState.EXECUTED)
                .finished()
                .spend(consumeDue())
                .evidence(status)
                .reason(reason)
                .entry()
                .settled();
    }

    /** The tool threw in a way that says nothing happened, or turned out not to have acted. */
    public JournalEntry failed(String reason, Instant at) {
        requireOpen();
        return next(at).state(CallState.FAILED)
                .finished()
                .spend(releaseDue())
                .reason(reason)
                .entry();
    }

    /** The tool may have acted. What is held stays held. */
    public JournalEntry inDoubt(String reason, Instant at) {
        require(CallState.STARTED);
        return next(at).state(CallState.IN_DOUBT).reason(reason).entry();
    }

    /** The envelope was signed after all. */
    public JournalEntry sealed(EvidenceEnvelope signed, Instant at) {
        return next(at).envelope(signed).entry();
    }

    /**
     * The authority knows of what was spent {@linkplain #startedOffline offline} and has decided on it: its spend is now
     * held, or to be consumed, like that of any other call.
     *
     * @param decision null when the authority keeps no account of this spend; nothing is left to be told then
     */
    public JournalEntry reconciled(@Nullable String audit, @Nullable String decision, Instant at) {
        requireUnreconciled();
        SpendStatus known = state == CallState.EXECUTED ? SpendStatus.CONSUME_DUE : SpendStatus.HELD;
        return next(at).spend(decision == null ? SpendStatus.NONE : known)
                .answered(audit, decision)
                .entry()
                .settled();
    }

    /** The authority refused for good to count what was spent offline; a person has to look at it. */
    public JournalEntry reconciliationRefused(String reason, Instant at) {
        requireUnreconciled();
        return spendRejected(reason, at);
    }

    /** The authority knows what became of the spend. */
    public JournalEntry spendCompleted(Instant at) {
        SpendStatus done = spend == SpendStatus.RELEASE_DUE ? SpendStatus.RELEASED : SpendStatus.CONSUMED;
        return next(at).spend(done).entry().settled();
    }

    /** The spend is parked: the authority refused for good to complete it, or was out of reach for too long. */
    public JournalEntry spendRejected(String reason, Instant at) {
        return next(at).spend(SpendStatus.REJECTED).reason(reason).entry().settled();
    }

    /** The authority has the evidence. */
    public JournalEntry delivered(DeliveryReceipt acknowledged, Instant at) {
        return next(at).evidence(EvidenceStatus.DELIVERED)
                .receipt(acknowledged)
                .entry()
                .settled();
    }

    /** The evidence is parked: the authority refused it for good, or was out of reach for too long. */
    public JournalEntry evidenceRejected(String reason, Instant at) {
        return next(at).evidence(EvidenceStatus.REJECTED).reason(reason).entry().settled();
    }

    /** The authority could not be told now, and is not to be asked before a moment. */
    public JournalEntry postponed(String reason, Instant until, Instant at) {
        int failures = postponement == null ? 0 : postponement.failures();
        Instant since = postponement == null || failures == 0 ? at : postponement.since();
        int counted = failures == Integer.MAX_VALUE ? failures : failures + 1;
        return next(at).postponed(new Postponement(counted, since, until, reason))
                .entry();
    }

    /** What was parked is owed again, as a person wants it; the same entry if nothing of it can be delivered. */
    public JournalEntry redriven(Instant at) {
        boolean evidenceToo = evidence == EvidenceStatus.REJECTED && envelope != null;
        if (spend != SpendStatus.REJECTED && !evidenceToo) {
            return this;
        }
        return next(at).state(state == CallState.REJECTED ? CallState.EXECUTED : state)
                .spend(spend == SpendStatus.REJECTED ? spendDue() : spend)
                .evidence(evidenceToo ? EvidenceStatus.PENDING : evidence)
                .reason(null)
                .entry();
    }

    /** What was owed before it was parked; a call in doubt still holds what it reserved. */
    private SpendStatus spendDue() {
        if (decisionId == null) {
            return authorization == Authorization.OFFLINE ? SpendStatus.RECONCILE_DUE : SpendStatus.NONE;
        }
        return switch (state) {
            case FAILED, AUTHORIZED -> SpendStatus.RELEASE_DUE;
            case STARTED, IN_DOUBT -> SpendStatus.HELD;
            default -> SpendStatus.CONSUME_DUE;
        };
    }

    /** The authority is being told by the process that ran the call; others wait until a moment. */
    public JournalEntry underWay(Instant until, Instant at) {
        return EntryDraft.copy(this)
                .postponed(new Postponement(0, at, until, "delivery.under_way"))
                .entry();
    }

    /** As if nothing had been tried in vain. */
    JournalEntry patientAnew() {
        return EntryDraft.copy(this).postponed(null).entry();
    }

    /** Whether the authority still has to be told something. What runs is not told before it has an outcome. */
    public boolean isPending() {
        return (spend.isDue() && state != CallState.STARTED) || evidence == EvidenceStatus.PENDING;
    }

    /** Whether nobody asked for patience, or not for so long. */
    public boolean mayBeTriedAt(Instant now) {
        return postponement == null || !postponement.until().isAfter(now);
    }

    /** When the call finished; entries of calls that did not are as old as they are. */
    public Instant orderOfDelivery() {
        return finishedAt == null ? changedAt : finishedAt;
    }

    /**
     * Whether this entry goes before the other: that a call may have run is newer than any refusal of it, however many
     * there were meanwhile, and that it was closed is newer than any other refusal. Otherwise the later attempt is newer, and
     * in one attempt the later revision.
     */
    public boolean isNewerThan(JournalEntry other) {
        if (finality() != other.finality()) {
            return finality() > other.finality();
        }
        return attempt > other.attempt || (attempt == other.attempt && revision > other.revision);
    }

    /**
     * Whether a call that did not run may be asked for again: nothing is owed for it, and it was denied or the very same
     * thing is asked for. A call that waits for approval is bound to its arguments, and a closed one is over.
     */
    public boolean mayBeTakenUpBy(CallFacts other) {
        boolean bound = state != CallState.DENIED;
        return finality() == 0 && !isPending() && (!bound || isSameRequest(other));
    }

    /** Whether a wait for a person {@linkplain #closed ended} here. */
    public boolean isClosed() {
        return state == CallState.DENIED && held != null;
    }

    private int finality() {
        if (state.mayHaveRun()) {
            return 2;
        }
        return isClosed() ? 1 : 0;
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
        return next(changedAt)
                .state(parked ? CallState.REJECTED : CallState.DELIVERED)
                .entry();
    }

    private SpendStatus consumeDue() {
        return spend == SpendStatus.HELD ? SpendStatus.CONSUME_DUE : spend;
    }

    /** What was not spent needs no decision afterwards. */
    private SpendStatus releaseDue() {
        return switch (spend) {
            case HELD -> SpendStatus.RELEASE_DUE;
            case RECONCILE_DUE -> SpendStatus.NONE;
            default -> spend;
        };
    }

    /** Only a call whose outcome is not known yet can be given one. */
    private void requireOpen() {
        if (state != CallState.IN_DOUBT) {
            require(CallState.STARTED);
        }
    }

    private void requireUnreconciled() {
        if (spend != SpendStatus.RECONCILE_DUE) {
            throw new IllegalStateException("the spend of this call is " + spend + " and not to be reconciled");
        }
    }

    private void require(CallState expected) {
        if (state != expected) {
            throw new IllegalStateException("a call that is " + state + " cannot do this");
        }
    }

    private static void requireThat(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException(rule);
        }
    }

    private EntryDraft next(Instant at) {
        return EntryDraft.after(this, at);
    }
}
