package ai.paybond.kit;

import ai.paybond.kit.internal.jdbc.JdbcCallJournal;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.wire.ed25519.Signer;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;

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
        return JdbcCallJournal.inFile(Objects.requireNonNull(file, "file"), null);
    }

    /**
     * As {@link #file(Path)}, and keeps a record: each transition of each call, denials included, bound to the one before
     * it and signed, in the same step that changes the call. {@link ai.paybond.kit.journal.RecordAudit} finds an entry that
     * was removed, altered or moved. From then on the journal cannot be written to without the key.
     *
     * @param recordKey signs while the store waits, so it should not be far away; must stay the same for a journal
     * @throws ai.paybond.kit.journal.JournalException also {@code journal.record_key}: the record was signed with another key
     */
    public static CallJournal file(Path file, Signer recordKey) {
        return JdbcCallJournal.inFile(
                Objects.requireNonNull(file, "file"), Objects.requireNonNull(recordKey, "recordKey"));
    }

    /**
     * A journal in the schema {@code paybond} of a PostgreSQL database, 14 or later, whose tables are made and updated here, over two connections or
     * three.
     * As {@link #postgresql(DataSource, PostgresqlOptions)} otherwise.
     */
    public static CallJournal postgresql(DataSource dataSource) {
        return postgresql(dataSource, PostgresqlOptions.DEFAULT);
    }

    /**
     * A journal in a PostgreSQL database that any number of processes share: a call is claimed by one of them, budgets hold
     * for all together, and deliveries are divided among them. Each step is a transaction of its own that is on the server's
     * disk when it returns. The source should be a pool with room for as many connections as threads make calls; it must
     * not join transactions of the application's, and limits itself how long it takes to get a connection. The session or
     * guard does not close it.
     *
     * <p>A statement, and waiting for a lock, takes at most 5 s; then the operation fails with {@code journal.busy}. A server
     * that does not answer at all is given up after 10 s. Other faults are {@code journal.full}, {@code journal.unwritable}
     * (read-only, or no privilege), {@code journal.schema}, {@code journal.corrupt} and {@code journal.io}, such as a lost
     * connection; before a tool runs, each of them denies the call. The clocks of the processes should agree to within a few
     * seconds.
     *
     * @throws ConfigurationException {@code journal.schema_name}; {@code journal.migrations} when tables are to be made and
     *     {@code org.flywaydb:flyway-database-postgresql} is not on the class path
     * @throws ai.paybond.kit.journal.JournalException when the database cannot be used, or its tables are not those of this
     *     version ({@code journal.schema})
     */
    public static CallJournal postgresql(DataSource dataSource, PostgresqlOptions options) {
        return JdbcCallJournal.inPostgresql(
                Objects.requireNonNull(dataSource, "dataSource"), options.schema(), options.migrate(), null);
    }

    /**
     * As {@link #postgresql(DataSource, PostgresqlOptions)}, and keeps a record as {@link #file(Path, Signer)} does. All
     * processes need the same key, and append one after the other.
     */
    public static CallJournal postgresql(DataSource dataSource, PostgresqlOptions options, Signer recordKey) {
        return JdbcCallJournal.inPostgresql(
                Objects.requireNonNull(dataSource, "dataSource"),
                options.schema(),
                options.migrate(),
                Objects.requireNonNull(recordKey, "recordKey"));
    }

    /**
     * Where in a database a journal is.
     *
     * @param schema the schema's name: up to 63 lower-case letters, digits and underscores, not beginning with a digit
     * @param migrate whether opening the journal makes the schema and its tables, or updates them; otherwise somebody else
     *     has done so with the scripts in {@code ai/paybond/kit/internal/jdbc} of this artifact
     */
    public record PostgresqlOptions(String schema, boolean migrate) {
        /** The schema {@code paybond}, made and updated when the journal is opened. */
        public static final PostgresqlOptions DEFAULT = new PostgresqlOptions("paybond", true);

        public PostgresqlOptions {
            Objects.requireNonNull(schema, "schema");
        }
    }
}
