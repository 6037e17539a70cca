package ai.paybond.kit;

import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.ForwardingJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.SpendBudget;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A journal in which only the intents of one session are pending: a shared one holds those of other tenants too. */
final class SessionJournal extends ForwardingJournal {
    private final CallJournal journal;
    private final @Nullable String process;
    private final Set<String> intents = ConcurrentHashMap.newKeySet();

    /** @param process the name under which calls are run, if this process says that it lives */
    SessionJournal(CallJournal journal, @Nullable String process) {
        this.journal = journal;
        this.process = process;
    }

    boolean includes(String intentId) {
        return intents.contains(intentId);
    }

    /** From now on what is pending for this intent is this session's to deliver. */
    void include(String intentId) {
        intents.add(intentId);
    }

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> budgets) {
        return journal.claim(process == null ? started : started.runBy(process), budgets);
    }

    @Override
    public List<JournalEntry> pending(@Nullable String intentId, int limit) {
        if (intentId != null) {
            return journal.pending(intentId, limit);
        }
        if (journal.pending(null, 1).isEmpty()) {
            return List.of(); // and no question for each intent that there ever was
        }
        return intents.stream()
                .flatMap(intent -> journal.pending(intent, limit).stream())
                .limit(limit)
                .toList();
    }

    @Override
    protected CallJournal journal() {
        return journal;
    }
}
