package ai.paybond.kit.journal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The store that a contract is about: one empty journal for each test. */
abstract class JournalStoreContract {
    CallJournal journal;

    /** An empty journal with room for at least 200 entries. */
    protected abstract CallJournal open() throws Exception;

    @BeforeEach
    void openJournal() throws Exception {
        journal = open();
    }

    @AfterEach
    void closeJournal() {
        journal.close();
    }
}
