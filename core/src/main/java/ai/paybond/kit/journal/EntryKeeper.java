package ai.paybond.kit.journal;

import ai.paybond.kit.PaybondException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps entries in the journal, and in memory while it takes none, so that nothing is lost while the process lives. */
final class EntryKeeper {
    private static final Logger log = LoggerFactory.getLogger(EntryKeeper.class);

    private final CallJournal journal;
    private final Consumer<JournalEntry> observer;
    private final Map<CallKey, JournalEntry> stranded = new ConcurrentHashMap<>();

    EntryKeeper(CallJournal journal, Consumer<JournalEntry> observer) {
        this.journal = journal;
        this.observer = observer;
    }

    /** The entry that holds: the given one, unless the journal knows as much or more of the call already. */
    JournalEntry keep(JournalEntry entry) {
        try {
            boolean kept = journal.record(entry);
            stranded.computeIfPresent(entry.key(), (key, held) -> held.isNewerThan(entry) ? held : null);
            if (!kept) {
                return overruled(entry);
            }
        } catch (Throwable e) {
            log.error("the journal does not take call {}, it is kept in memory: {}", entry.key(), code(e));
            stranded.merge(entry.key(), entry, (held, given) -> held.isNewerThan(given) ? held : given);
        }
        notifyObserver(entry);
        return entry;
    }

    /** What the journal has goes: someone else was faster, as when two people settle one call in doubt. */
    private JournalEntry overruled(JournalEntry entry) {
        JournalEntry kept = journal.find(entry.key()).orElse(entry);
        if (kept.state() != entry.state()) {
            log.error("call {} is journaled as {} and not as {}", entry.key(), kept.state(), entry.state());
        }
        return kept;
    }

    /** Someone else may have settled the entry since it was read. */
    JournalEntry newest(JournalEntry entry) {
        JournalEntry newest = stranded.getOrDefault(entry.key(), entry);
        try {
            JournalEntry kept = journal.find(entry.key()).orElse(newest);
            return kept.isNewerThan(newest) ? kept : newest;
        } catch (Throwable e) {
            return newest;
        }
    }

    /** Gives the journal what it did not take before. */
    void keepStranded() {
        stranded().forEach(entry -> keep(newest(entry)));
    }

    List<JournalEntry> stranded() {
        return List.copyOf(stranded.values());
    }

    private void notifyObserver(JournalEntry entry) {
        try {
            observer.accept(entry);
        } catch (Throwable e) {
            log.warn("a journal observer failed", e);
        }
    }

    static String code(Throwable e) {
        return e instanceof PaybondException known ? known.code() : e.getClass().getSimpleName();
    }
}
