package ai.paybond.kit;

import ai.paybond.kit.internal.jdbc.JdbcCallJournal;
import ai.paybond.kit.journal.CallJournal;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Journals that outlive the process, so that a call is never run twice and its evidence never lost when the process dies.
 *
 * <pre>{@code
 * try (CallJournal journal = CallJournals.file(Path.of("paybond-journal.db"));
 *         Paybond paybond = Paybond.open(PaybondOptions.builder(gatewayUrl, apiKey).journal(journal).build())) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Close a journal after the sessions and guards that use it. What was signed and not delivered is delivered by the next
 * process with {@link ai.paybond.kit.guard.ToolGuard#retryPending()}; calls that were interrupted are found with
 * {@link CallJournal#inState}. Entries hold signed evidence, never keys or capability tokens. They are kept for good: a
 * forgotten call could be run again.
 */
public final class CallJournals {
    private CallJournals() {}

    /**
     * A journal in one file on a local disk, flushed to the device before each step that it permits. Several processes of
     * one machine may share the file; network file systems do not lock it properly. Needs {@code org.xerial:sqlite-jdbc} on
     * the class path.
     *
     * <p>A new file, and the two that SQLite keeps beside it, are for their owner alone (mode 0600) where the file system
     * knows modes. Every operation waits at most 5 s for other threads and as long for other processes, then fails with
     * {@code journal.busy}. Other faults are {@code journal.full}, {@code journal.unwritable}, {@code journal.corrupt} and
     * {@code journal.io}; before a tool runs, each of them denies the call.
     *
     * @param file made if it is not there; its directory must be
     * @throws ConfigurationException {@code journal.driver} when SQLite is not on the class path, {@code journal.path} when
     *     the path contains a question mark
     * @throws ai.paybond.kit.journal.JournalException when the file cannot be opened, is damaged ({@code journal.corrupt})
     *     or is not a journal of this version ({@code journal.schema})
     */
    public static CallJournal file(Path file) {
        return JdbcCallJournal.inFile(Objects.requireNonNull(file, "file"));
    }
}
