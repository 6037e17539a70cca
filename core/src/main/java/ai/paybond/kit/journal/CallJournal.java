package ai.paybond.kit.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where guarded calls are remembered; the port for stores. {@link InMemoryCallJournal} is the default and forgets
 * when the process ends; {@code ai.paybond.kit.CallJournals} has those that do not.
 *
 * <p>What must be durable, and when, in a store that is meant to survive a crash:
 * <ul>
 *   <li>{@link #claim}: before it returns, since the tool runs next. A claim that was lost would let a call run twice.
 *   <li>{@link #record} of {@link CallState#EXECUTED}, {@link CallState#FAILED} and {@link CallState#IN_DOUBT}: before
 *       it returns, since the network is asked next. The envelope's signed body is kept character for character.
 *   <li>{@link #record} of anything later, and of refusals: may follow lazily. If it is lost, the same bytes are
 *       delivered once more under the same key.
 * </ul>
 *
 * <p>A store does not decide what happens to a call: entries come as the guard made them. Every method may throw
 * {@link JournalException}. Implementations are thread-safe and, if shared by processes, atomic between them.
 */
public interface CallJournal extends AutoCloseable {

    /**
     * Takes a call for running, atomically: keeps the entry if there is none for its key, or if the one there
     * {@linkplain JournalEntry#mayBeTakenUpBy may be taken up} by it, and charges its spend to every budget.
     *
     * <p>The call stays charged while it {@linkplain CallState#countsAsSpent may have spent}; {@link #record} of an entry
     * that does not takes the charge back in the same step. With each budget, the charged calls and this one are within its
     * limit together, whatever other threads and processes claim meanwhile.
     *
     * @param started an entry in state {@link CallState#STARTED}
     * @param budgets what the call is charged to, each with its limit; may be empty
     * @throws IllegalArgumentException when there is a budget and the call's spend is negative
     */
    ClaimResult claim(JournalEntry started, List<SpendBudget> budgets);

    /** Takes a call that is charged to no budget. */
    default ClaimResult claim(JournalEntry started) {
        return claim(started, List.of());
    }

    /** What is charged to a budget's scope, in cents; 0 for a scope that no call was charged to. */
    long chargedCents(String scope);

    /**
     * Keeps an entry unless the one kept for its key is {@linkplain JournalEntry#isNewerThan as new or newer}, so that a
     * late or repeated write never takes anything back.
     *
     * @return whether the entry was kept
     */
    boolean record(JournalEntry entry);

    /** The newest entry of a call. */
    Optional<JournalEntry> find(CallKey key);

    /**
     * Entries for which something {@linkplain JournalEntry#isPending() is owed}, in the order in which the calls finished.
     *
     * @param intentId only those of one intent, or null for all
     * @param limit at most so many
     */
    List<JournalEntry> pending(@Nullable String intentId, int limit);

    /**
     * Entries in one state, the longest unchanged first; for resolvers.
     *
     * @param limit at most so many
     */
    List<JournalEntry> inState(CallState state, int limit);

    /** Entries for people to look at, the last changed first. */
    List<JournalEntry> list(JournalQuery query);

    /**
     * Leases intents whose first pending entry may be tried now: those that nobody else has leased, the longest waiting
     * first. Several owners at once are given different ones.
     *
     * @param limit at most so many
     * @return the intents, which only this owner delivers until the lease ends
     */
    List<String> leaseDue(DeliveryLease lease, int limit);

    /**
     * Leases one intent, or leases it for longer.
     *
     * @return false when another owner has it
     */
    boolean lease(DeliveryLease lease, String intentId);

    /** Ends a lease of this owner. */
    void release(DeliveryLease lease, String intentId);

    /** Says that a process which runs calls lives, and counts as living until a moment. */
    void keepAlive(String runner, Instant until);

    /** Says that a process runs nothing any more. */
    void resign(String runner);

    /**
     * Calls in state {@link CallState#STARTED} whose {@linkplain JournalEntry#runner process} has said that it lives and no
     * longer does, the longest unchanged first. Whether the tool acted is not known.
     *
     * @param limit at most so many
     */
    List<JournalEntry> abandoned(String tenantId, Instant now, int limit);

    /**
     * The record of everything that happened to calls, in order; empty for a journal that keeps none.
     *
     * @param after the number of the last entry that is known, 0 for the beginning
     * @param limit at most so many
     */
    default List<RecordEntry> recorded(long after, int limit) {
        return List.of();
    }

    /** Releases what the store holds open. Entries stay. */
    @Override
    default void close() {}
}
