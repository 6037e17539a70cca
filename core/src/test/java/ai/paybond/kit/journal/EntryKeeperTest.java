package ai.paybond.kit.journal;

import static ai.paybond.kit.journal.Entries.T0;
import static ai.paybond.kit.journal.Entries.executed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two threads keep what they know of one call, and the journal takes one, the other or neither. */
class EntryKeeperTest {
    private final JournalEntry older = executed("c1");
    private final JournalEntry newer = older.spendCompleted(T0.plusSeconds(2));
    private final CallJournal memory = new InMemoryCallJournal();

    private final EntryKeeper keeper = new EntryKeeper(
            new ForwardingJournal() {
                @Override
                protected CallJournal journal() {
                    return memory;
                }

                @Override
                public boolean record(JournalEntry entry) {
                    if (entry == newer) {
                        throw new JournalException("journal.io", "the database is gone", null);
                    }
                    keeper().keep(newer); // by another thread, while the older one is on its way
                    return recordOlder(entry);
                }
            },
            entry -> {});

    private boolean olderIsTaken;

    private EntryKeeper keeper() {
        return keeper;
    }

    private boolean recordOlder(JournalEntry entry) {
        if (!olderIsTaken) {
            throw new JournalException("journal.io", "the database is gone", null);
        }
        return memory.record(entry);
    }

    @Test
    void keepsTheNewerEntryWhenTheJournalTakesNeither() {
        keeper.keep(older);

        assertThat(keeper.stranded()).containsExactly(newer);
    }

    @Test
    void keepsTheNewerEntryWhenTheJournalTakesTheOlder() {
        olderIsTaken = true;

        keeper.keep(older);

        assertThat(memory.find(older.key())).contains(older);
        assertThat(keeper.stranded()).containsExactly(newer);
    }
}
