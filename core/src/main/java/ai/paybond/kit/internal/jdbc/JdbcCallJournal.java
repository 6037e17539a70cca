package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.internal.jdbc.Database.Work;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.ClaimResult;
import ai.paybond.kit.journal.DeliveryLease;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.journal.JournalQuery;
import ai.paybond.kit.journal.RecordEntry;
import ai.paybond.kit.journal.SpendBudget;
import ai.paybond.kit.wire.ed25519.Signer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a relational store. What {@link CallJournal} wants on disk "before it returns" is on disk, and so is
 * everything else.
 */
public final class JdbcCallJournal implements CallJournal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;
    private final CallTable calls;
    private final LeaseTables leases;
    private final RecordTable record;
    private final boolean writable;

    JdbcCallJournal(Database database) {
        this(database, null);
    }

    JdbcCallJournal(Database database, @Nullable Signer recordKey) {
        this.database = database;
        this.calls = new CallTable(database.rowLock());
        this.leases = new LeaseTables(database.freeRowLock());
        this.record = new RecordTable(recordKey, database.recordLock());
        this.writable = read(record::canContinue);
        if (!writable && recordKey != null) {
            throw new JournalException("journal.record_key", "the journal's record was signed with another key", null);
        }
    }

    /** In an SQLite file, which is made if there is none. */
    public static JdbcCallJournal inFile(Path file, @Nullable Signer recordKey) {
        return open(SqliteDatabase.open(file, PATIENCE), recordKey);
    }

    /**
     * In a schema of PostgreSQL.
     *
     * @param migrate whether to make or update the tables
     */
    public static JdbcCallJournal inPostgresql(
            DataSource dataSource, String schema, boolean migrate, @Nullable Signer recordKey) {
        return open(PostgresqlDatabase.open(dataSource, schema, migrate, PATIENCE), recordKey);
    }

    private static JdbcCallJournal open(Database database, @Nullable Signer recordKey) {
        try {
            return new JdbcCallJournal(database, recordKey);
        } catch (RuntimeException e) {
            closeAfter(e, database);
            throw e;
        }
    }

    private static void closeAfter(RuntimeException reason, Database database) {
        try {
            database.close();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public ClaimResult claim(JournalEntry started, List<SpendBudget> budgets) {
        requireStorable(started.key());
        Map<String, Long> limits = SpendBudget.strictest(budgets);
        limits.keySet().forEach(JdbcCallJournal::requireStorable);
        if (started.facts().spendCents() < 0 && !limits.isEmpty()) {
            throw new IllegalArgumentException("a negative spend cannot be charged to a budget");
        }
        try {
            return write(connection -> take(connection, started, limits));
        } catch (Undone e) {
            return e.result;
        }
    }

    private ClaimResult take(Connection connection, JournalEntry started, Map<String, Long> limits)
            throws SQLException {
        JournalEntry existing = null;
        if (!calls.insert(connection, started)) {
            existing = calls.locked(connection, started.key());
            if (!existing.mayBeTakenUpBy(started.facts())) {
                return new ClaimResult.InTheWay(existing);
            }
            calls.replace(connection, started);
        }
        Optional<ClaimResult.OverBudget> refusal = BudgetTables.charge(connection, started, limits);
        if (refusal.isPresent()) {
            throw new Undone(refusal.get());
        }
        record.append(connection, existing, started);
        return new ClaimResult.Owned();
    }

    @Override
    public long chargedCents(String scope) {
        requireStorable(scope);
        return read(connection -> BudgetTables.charged(connection, scope));
    }

    @Override
    public boolean record(JournalEntry entry) {
        requireStorable(entry.key());
        return write(connection -> keep(connection, entry));
    }

    private boolean keep(Connection connection, JournalEntry entry) throws SQLException {
        JournalEntry existing = null;
        if (!calls.insert(connection, entry)) {
            existing = calls.locked(connection, entry.key());
            if (!entry.isNewerThan(existing)) {
                return false;
            }
            calls.replace(connection, entry);
            if (!entry.state().countsAsSpent()) {
                BudgetTables.giveBack(connection, entry.key());
            }
        }
        record.append(connection, existing, entry);
        return true;
    }

    @Override
    public Optional<JournalEntry> find(CallKey key) {
        requireStorable(key);
        return read(connection -> calls.find(connection, key)).stream().findFirst();
    }

    @Override
    public List<JournalEntry> pending(@Nullable String intentId, int limit) {
        return read(connection -> calls.pending(connection, intentId, limit));
    }

    @Override
    public List<JournalEntry> inState(CallState state, int limit) {
        return read(connection -> calls.inState(connection, state, limit));
    }

    @Override
    public List<JournalEntry> list(JournalQuery query) {
        return read(connection -> calls.list(connection, query));
    }

    @Override
    public List<RecordEntry> recorded(long after, int limit) {
        return read(connection -> RecordTable.after(connection, after, limit));
    }

    @Override
    public List<String> leaseDue(DeliveryLease lease, int limit) {
        return write(connection -> leases.leaseDue(connection, lease, limit));
    }

    @Override
    public boolean lease(DeliveryLease lease, String intentId) {
        return write(connection -> LeaseTables.take(connection, lease, intentId));
    }

    @Override
    public void release(DeliveryLease lease, String intentId) {
        change(connection -> LeaseTables.release(connection, lease, intentId));
    }

    @Override
    public void keepAlive(String runner, Instant until) {
        change(connection -> LeaseTables.keepAlive(connection, runner, until));
    }

    @Override
    public void resign(String runner) {
        change(connection -> LeaseTables.resign(connection, runner));
    }

    @Override
    public List<JournalEntry> abandoned(String tenantId, Instant now, int limit) {
        return read(connection -> calls.abandoned(connection, tenantId, now, limit));
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /**
     * Stores keep text as UTF-8, some of them without the character zero; ids that would become equal there are not let in.
     */
    private static void requireStorable(CallKey key) {
        requireStorable(key.intentId());
        requireStorable(key.callId());
    }

    private static void requireStorable(String id) {
        if (id.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            throw new JournalException("journal.key", "an id has characters that no store keeps", null);
        }
    }

    private <T> T write(Work<T> work) {
        if (!writable) {
            throw new JournalException(
                    "journal.record_key", "the journal keeps a record; it needs the record's key", null);
        }
        try {
            return database.write(work);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private void change(Change change) {
        write(connection -> {
            change.on(connection);
            return true;
        });
    }

    private <T> T read(Work<T> work) {
        try {
            return database.read(work);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /** Work that answers nothing. */
    @FunctionalInterface
    private interface Change {
        void on(Connection connection) throws SQLException;
    }

    /** Leaves a transaction so that nothing of it stays. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient ClaimResult result;

        Undone(ClaimResult result) {
            super(null, null, false, false);
            this.result = result;
        }
    }
}
