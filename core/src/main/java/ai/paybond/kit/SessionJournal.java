package ai.paybond.kit;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.ForwardingJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendBudget;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A journal in which only the intents of one session are pending: a shared one holds those of other tenants too.
 *
 * <p>A session may see any number of intents come and go. It remembers {@value #REMEMBERED} whatever becomes of them; of the
 * older ones those of which a call runs or waits to be delivered, since nothing else is asked about an intent here.
 */
final class SessionJournal extends ForwardingJournal {
    static final int REMEMBERED = 1_024;

    /** More than one old intent for each new one, or there would ever be more. */
    private static final int LOOKED_AT = 2;

    private final CallJournal journal;
    private final @Nullable String process;

    /** With what stands for the last time that a call of the intent began, or that it was included. */
    private final Map<String, Object> intents = new ConcurrentHashMap<>();

    private final Queue<String> oldestFirst = new ConcurrentLinkedQueue<>();

    /** Calls that were claimed here and have no outcome yet; counted, since two threads may claim one. */
    private final Map<CallKey, Integer> running = new ConcurrentHashMap<>();

    /** @param process the name under which calls are run, if this process says that it lives */
    SessionJournal(CallJournal journal, @Nullable String process) {
        this.journal = journal;
        this.process = process;
    }

    boolean includes(String intentId) {
        return intents.containsKey(intentId);
    }

    /** From now on what is pending for this intent is this session's to deliver. */
    void include(String intentId) {
        if (intents.put(intentId, new Object()) == null) {
            oldestFirst.add(intentId);
            for (int i = 0; i < LOOKED_AT && intents.size() > REMEMBERED; i++) {
                forgetOldest();
            }
        }
    }

    private void forgetOldest() {
        String intentId = oldestFirst.poll();
        if (intentId != null && !isForgotten(intentId)) {
            oldestFirst.add(intentId);
        }
    }

    /**
     * A call that begins meanwhile is not missed: either it is running when that is asked, or it has included its intent
     * anew; and one that ends meanwhile is pending before it no longer runs.
     */
    private boolean isForgotten(String intentId) {
        Object since = intents.get(intentId);
        return running.keySet().stream().noneMatch(call -> call.intentId().equals(intentId))
                && owesNothing(intentId)
                && since != null
                && intents.remove(intentId, since);
    }

    private boolean owesNothing(String intentId) {
        try {
            return journal.pending(intentId, 1).isEmpty();
        } catch (RuntimeException e) {
            return false; // a journal that cannot tell
        }
    }

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> budgets) {
        include(started.key().intentId());
        running.merge(started.key(), 1, Integer::sum);
        ClaimResult result = null;
        try {
            result = journal.claim(process == null ? started : started.runBy(process), budgets);
            return result;
        } finally {
            if (!(result instanceof ClaimResult.Owned)) {
                runsNoMore(started.key());
            }
        }
    }

    @Override
    public boolean record(JournalEntry entry) {
        boolean kept = journal.record(entry);
        runsNoMore(entry.key());
        return kept;
    }

    private void runsNoMore(CallKey call) {
        running.computeIfPresent(call, (key, times) -> times == 1 ? null : times - 1);
    }

    @Override
    public List<JournalEntry> pending(@Nullable String intentId, int limit) {
        if (intentId != null) {
            return journal.pending(intentId, limit);
        }
        if (journal.pending(null, 1).isEmpty()) {
            return List.of(); // and no question for each intent that there is
        }
        return intents.keySet().stream()
                .flatMap(intent -> journal.pending(intent, limit).stream())
                .limit(limit)
                .toList();
    }

    @Override
    protected CallJournal journal() {
        return journal;
    }
}
