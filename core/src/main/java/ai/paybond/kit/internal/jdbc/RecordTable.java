package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.RecordEntry;
import ai.paybond.kit.wire.ed25519.Signer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of the record. An entry is appended in the transaction that makes its transition, and is there if that is. */
final class RecordTable {
    private static final String SELECT = "SELECT number, content, previous_hash, hash, signature FROM paybond_record ";
    private static final String LAST = SELECT + "ORDER BY number DESC LIMIT 1";
    private static final String AFTER = SELECT + "WHERE number > ? ORDER BY number LIMIT ?";
    private static final String APPEND =
            "INSERT INTO paybond_record (number, content, previous_hash, hash, signature) VALUES (?, ?, ?, ?, ?)";

    private final @Nullable Signer signer;
    private final String lock;

    /**
     * @param signer null to keep no record
     * @param lock the statement that lets one transaction append at a time; empty where there is but one anyway
     */
    RecordTable(@Nullable Signer signer, String lock) {
        this.signer = signer;
        this.lock = lock;
    }

    /**
     * Whether this process can continue the record: it has begun none and there is no key, or the key is that of the last
     * entry. Otherwise what happens to calls would go unrecorded, or the record would break.
     */
    boolean canContinue(Connection connection) throws SQLException {
        List<RecordEntry> last = select(connection, LAST);
        return last.isEmpty() || (signer != null && last.get(0).isIntact(signer.publicKey()));
    }

    /** @param before what the journal had of the call; a transition that says nothing new is not recorded */
    void append(Connection connection, @Nullable JournalEntry before, JournalEntry after) throws SQLException {
        Signer key = signer;
        if (key == null || (before != null && RecordEntry.callOf(before).equals(RecordEntry.callOf(after)))) {
            return;
        }
        if (!lock.isEmpty()) {
            Sql.execute(connection, lock);
        }
        List<RecordEntry> last = select(connection, LAST);
        RecordEntry next = RecordEntry.following(last.isEmpty() ? null : last.get(0), after, key);
        Sql.execute(
                connection, APPEND, next.number(), next.content(), next.previousHash(), next.hash(), next.signature());
    }

    static List<RecordEntry> after(Connection connection, long number, int limit) throws SQLException {
        return select(connection, AFTER, number, limit);
    }

    private static List<RecordEntry> select(Connection connection, String sql, Object... parameters)
            throws SQLException {
        List<RecordEntry> entries = new ArrayList<>();
        try (PreparedStatement statement = Sql.prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                entries.add(new RecordEntry(
                        rows.getLong(1), rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
            }
        }
        return entries;
    }
}
