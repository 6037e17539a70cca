package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.internal.jdbc.Database.Work;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a relational store. What {@link CallJournal} wants on disk "before it returns" is on disk, and so is
 * everything else.
 */
public final class JdbcCallJournal implements CallJournal {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String INSERT = """
            INSERT INTO paybond_call (attempt, revision, state, pending, changed_s, changed_ns, entry, signed_body,
                intent_id, call_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String REPLACE = """
            UPDATE paybond_call SET attempt = ?, revision = ?, state = ?, pending = ?, changed_s = ?, changed_ns = ?,
                entry = ?, signed_body = ? WHERE intent_id = ? AND call_id = ?""";
    private static final String SELECT = "SELECT * FROM paybond_call WHERE ";
    private static final String BY_KEY = SELECT + "intent_id = ? AND call_id = ?";
    private static final String LONGEST_UNCHANGED_FIRST = " ORDER BY changed_s, changed_ns LIMIT ?";

    private final Database database;

    JdbcCallJournal(Database database) {
        this.database = database;
    }

    /** In an SQLite file, which is made if there is none. */
    public static JdbcCallJournal inFile(Path file) {
        return new JdbcCallJournal(SqliteDatabase.open(file, PATIENCE));
    }

    @Override
    public Optional<JournalEntry> claim(JournalEntry started) {
        requireStorable(started.key());
        return write(connection -> {
            if (insert(connection, started)) {
                return Optional.empty();
            }
            JournalEntry existing = existing(connection, started.key());
            if (!existing.mayBeTakenUpBy(started.facts())) {
                return Optional.of(existing);
            }
            replace(connection, started);
            return Optional.empty();
        });
    }

    @Override
    public boolean record(JournalEntry entry) {
        requireStorable(entry.key());
        return write(connection -> {
            if (insert(connection, entry)) {
                return true;
            }
            boolean newer = entry.isNewerThan(existing(connection, entry.key()));
            if (newer) {
                replace(connection, entry);
            }
            return newer;
        });
    }

    @Override
    public Optional<JournalEntry> find(CallKey key) {
        requireStorable(key);
        return select(BY_KEY, key.intentId(), key.callId()).stream().findFirst();
    }

    @Override
    public List<JournalEntry> pending(@Nullable String intentId, int limit) {
        return intentId == null
                ? select(SELECT + "pending = 1" + LONGEST_UNCHANGED_FIRST, limit)
                : select(SELECT + "pending = 1 AND intent_id = ?" + LONGEST_UNCHANGED_FIRST, intentId, limit);
    }

    @Override
    public List<JournalEntry> inState(CallState state, int limit) {
        return select(SELECT + "state = ?" + LONGEST_UNCHANGED_FIRST, state.name(), limit);
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw SqlFaults.toJournalException(e);
        }
    }

    /**
     * Stores keep text as UTF-8, some of them without the character zero; ids that would become equal there are not let in.
     */
    private static void requireStorable(CallKey key) {
        if (!isStorable(key.intentId()) || !isStorable(key.callId())) {
            throw new JournalException("journal.key", "the call's id has characters that no store keeps", null);
        }
    }

    private static boolean isStorable(String id) {
        return id.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(id);
    }

    private <T> T write(Work<T> work) {
        try {
            return database.write(work);
        } catch (SQLException e) {
            throw SqlFaults.toJournalException(e);
        }
    }

    private List<JournalEntry> select(String sql, Object... parameters) {
        try {
            return database.read(connection -> select(connection, sql, parameters));
        } catch (SQLException e) {
            throw SqlFaults.toJournalException(e);
        }
    }

    private static boolean insert(Connection connection, JournalEntry entry) throws SQLException {
        return change(connection, INSERT, entry) == 1;
    }

    private static void replace(Connection connection, JournalEntry entry) throws SQLException {
        change(connection, REPLACE, entry);
    }

    /** Nothing is ever deleted, so what an insertion ran into is there. */
    private JournalEntry existing(Connection connection, CallKey key) throws SQLException {
        return select(connection, BY_KEY, key.intentId(), key.callId()).get(0);
    }

    private static int change(Connection connection, String sql, JournalEntry entry) throws SQLException {
        Instant changedAt = entry.changedAt();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, entry.attempt());
            statement.setInt(2, entry.revision());
            statement.setString(3, entry.state().name());
            statement.setInt(4, entry.isPending() ? 1 : 0);
            statement.setLong(5, changedAt.getEpochSecond());
            statement.setInt(6, changedAt.getNano());
            statement.setString(7, EntryDocument.write(entry));
            statement.setBytes(8, signedBytes(entry));
            statement.setString(9, entry.key().intentId());
            statement.setString(10, entry.key().callId());
            return statement.executeUpdate();
        }
    }

    private static byte @Nullable [] signedBytes(JournalEntry entry) {
        String body = entry.envelope() == null ? null : entry.envelope().signedBody();
        return body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    }

    private static List<JournalEntry> select(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<JournalEntry> entries = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(rows));
                }
            }
            return entries;
        }
    }

    private static JournalEntry entry(ResultSet row) throws SQLException {
        try {
            byte[] signed = row.getBytes("signed_body");
            return EntryDocument.read(
                    Objects.requireNonNull(row.getString("entry")),
                    new EntryDocument.Columns(
                            new CallKey(row.getString("intent_id"), row.getString("call_id")),
                            row.getInt("attempt"),
                            row.getInt("revision"),
                            CallState.valueOf(row.getString("state")),
                            Instant.ofEpochSecond(row.getLong("changed_s"), row.getInt("changed_ns")),
                            signed == null ? null : new String(signed, StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            throw new JournalException("journal.corrupt", "an entry of the journal cannot be read", e);
        }
    }
}
