package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.journal.JournalQuery;
import ai.paybond.kit.journal.Postponement;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table of calls: one row for each, its newest entry. */
final class CallTable {
    private static final String INSERT = """
            INSERT INTO paybond_call (tenant_id, attempt, revision, state, pending, changed_s, changed_ns, finished_s,
                finished_ns, due_ms, runner, entry, signed_body, intent_id, call_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String REPLACE = """
            UPDATE paybond_call SET tenant_id = ?, attempt = ?, revision = ?, state = ?, pending = ?, changed_s = ?,
                changed_ns = ?, finished_s = ?, finished_ns = ?, due_ms = ?, runner = ?, entry = ?, signed_body = ?
                WHERE intent_id = ? AND call_id = ?""";
    private static final String SELECT = "SELECT * FROM paybond_call WHERE ";
    private static final String BY_KEY = SELECT + "intent_id = ? AND call_id = ?";
    private static final String LONGEST_UNCHANGED_FIRST = " ORDER BY changed_s, changed_ns LIMIT ?";
    private static final String IN_ORDER = " ORDER BY finished_s, finished_ns, call_id LIMIT ?";
    private static final String LAST_CHANGED_FIRST = " ORDER BY changed_s DESC, changed_ns DESC LIMIT ?";

    private final String lock;

    /** @param lock what makes a selection keep its rows from others until the end of the transaction */
    CallTable(String lock) {
        this.lock = lock;
    }

    boolean insert(Connection connection, JournalEntry entry) throws SQLException {
        return change(connection, INSERT, entry) == 1;
    }

    void replace(Connection connection, JournalEntry entry) throws SQLException {
        change(connection, REPLACE, entry);
    }

    /** For a change of what an insertion ran into; nothing is ever deleted, so it is there. */
    JournalEntry locked(Connection connection, CallKey key) throws SQLException {
        return select(connection, BY_KEY + lock, key.intentId(), key.callId()).get(0);
    }

    List<JournalEntry> find(Connection connection, CallKey key) throws SQLException {
        return select(connection, BY_KEY, key.intentId(), key.callId());
    }

    List<JournalEntry> pending(Connection connection, @Nullable String intentId, int limit) throws SQLException {
        return intentId == null
                ? select(connection, SELECT + "pending = 1" + IN_ORDER, limit)
                : select(connection, SELECT + "pending = 1 AND intent_id = ?" + IN_ORDER, intentId, limit);
    }

    List<JournalEntry> inState(Connection connection, CallState state, int limit) throws SQLException {
        return select(connection, SELECT + "state = ?" + LONGEST_UNCHANGED_FIRST, state.name(), limit);
    }

    List<JournalEntry> list(Connection connection, JournalQuery query) throws SQLException {
        List<Object> parameters = new ArrayList<>();
        StringBuilder sql = new StringBuilder(SELECT).append("1 = 1");
        if (!query.states().isEmpty()) {
            List<String> marks = Collections.nCopies(query.states().size(), "?");
            sql.append(" AND state IN (").append(String.join(", ", marks)).append(')');
            query.states().forEach(state -> parameters.add(state.name()));
        }
        String intentId = query.intentId();
        if (intentId != null) {
            sql.append(" AND intent_id = ?");
            parameters.add(intentId);
        }
        parameters.add(query.limit());
        return select(connection, sql.append(LAST_CHANGED_FIRST).toString(), parameters.toArray());
    }

    /** A runner that is not there at all has resigned. */
    List<JournalEntry> abandoned(Connection connection, String tenantId, Instant now, int limit) throws SQLException {
        String sql = SELECT
                + "state = 'STARTED' AND tenant_id = ? AND runner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM paybond_runner r"
                + " WHERE r.runner = paybond_call.runner AND r.until_ms > ?)";
        return select(connection, sql + LONGEST_UNCHANGED_FIRST, tenantId, now.toEpochMilli(), limit);
    }

    private static int change(Connection connection, String sql, JournalEntry entry) throws SQLException {
        Instant changedAt = entry.changedAt();
        Instant finishedAt = entry.orderOfDelivery();
        Postponement postponement = entry.postponement();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, storable(entry.facts().tenantId()));
            statement.setInt(2, entry.attempt());
            statement.setInt(3, entry.revision());
            statement.setString(4, entry.state().name());
            statement.setInt(5, entry.isPending() ? 1 : 0);
            statement.setLong(6, changedAt.getEpochSecond());
            statement.setInt(7, changedAt.getNano());
            statement.setLong(8, finishedAt.getEpochSecond());
            statement.setInt(9, finishedAt.getNano());
            statement.setLong(
                    10, postponement == null ? 0 : postponement.until().toEpochMilli());
            statement.setString(11, entry.runner());
            statement.setString(12, EntryDocument.write(entry));
            statement.setBytes(13, signedBytes(entry));
            statement.setString(14, entry.key().intentId());
            statement.setString(15, entry.key().callId());
            return statement.executeUpdate();
        }
    }

    /** For the column that is searched in; the document has the name as it is. */
    private static String storable(String name) {
        return name.replace('\0', '\ufffd');
    }

    private static byte @Nullable [] signedBytes(JournalEntry entry) {
        String body = entry.envelope() == null ? null : entry.envelope().signedBody();
        return body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    }

    private static List<JournalEntry> select(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = Sql.prepare(connection, sql, parameters)) {
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
