package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.DeliveryLease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tables of who delivers which intent and of who is alive. */
final class LeaseTables {
    /** So that there is a row to lock for each intent that owes something. */
    private static final String OPEN = """
            INSERT INTO paybond_delivery (tenant_id, intent_id, owner, until_ms)
                SELECT DISTINCT tenant_id, intent_id, '', 0 FROM paybond_call WHERE pending = 1 AND tenant_id = ?
                ON CONFLICT DO NOTHING""";

    /** An intent is due when its first pending call is: what is behind that one waits. */
    private static final String DUE = """
            SELECT d.intent_id FROM paybond_delivery d WHERE d.tenant_id = ? AND (d.until_ms <= ? OR d.owner = ?)
                AND (SELECT c.due_ms FROM paybond_call c WHERE c.intent_id = d.intent_id AND c.pending = 1
                    ORDER BY c.finished_s, c.finished_ns, c.call_id LIMIT 1) <= ?
                ORDER BY d.until_ms, d.intent_id LIMIT ?""";

    private static final String TAKE = """
            INSERT INTO paybond_delivery (tenant_id, intent_id, owner, until_ms) VALUES (?, ?, ?, ?)
                ON CONFLICT (tenant_id, intent_id) DO UPDATE SET owner = excluded.owner, until_ms = excluded.until_ms
                WHERE paybond_delivery.until_ms <= ? OR paybond_delivery.owner = excluded.owner""";
    private static final String RELEASE =
            "DELETE FROM paybond_delivery WHERE tenant_id = ? AND intent_id = ? AND owner = ?";
    private static final String KEEP_ALIVE = """
            INSERT INTO paybond_runner (runner, until_ms) VALUES (?, ?)
                ON CONFLICT (runner) DO UPDATE SET until_ms = excluded.until_ms""";
    private static final String RESIGN = "DELETE FROM paybond_runner WHERE runner = ?";

    private final String due;

    /** @param freeRowLock what makes a selection lock its rows and leave out those that others have locked */
    LeaseTables(String freeRowLock) {
        this.due = DUE + freeRowLock;
    }

    List<String> leaseDue(Connection connection, DeliveryLease lease, int limit) throws SQLException {
        Sql.execute(connection, OPEN, lease.tenantId());
        long now = lease.now().toEpochMilli();
        List<String> intents = new ArrayList<>();
        try (PreparedStatement statement =
                        Sql.prepare(connection, due, lease.tenantId(), now, lease.owner(), now, limit);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                intents.add(rows.getString(1));
            }
        }
        for (String intentId : intents) {
            take(connection, lease, intentId);
        }
        return intents;
    }

    static boolean take(Connection connection, DeliveryLease lease, String intentId) throws SQLException {
        long until = lease.until().toEpochMilli();
        long now = lease.now().toEpochMilli();
        return Sql.execute(connection, TAKE, lease.tenantId(), intentId, lease.owner(), until, now) == 1;
    }

    static void release(Connection connection, DeliveryLease lease, String intentId) throws SQLException {
        Sql.execute(connection, RELEASE, lease.tenantId(), intentId, lease.owner());
    }

    static void keepAlive(Connection connection, String runner, Instant until) throws SQLException {
        Sql.execute(connection, KEEP_ALIVE, runner, until.toEpochMilli());
    }

    static void resign(Connection connection, String runner) throws SQLException {
        Sql.execute(connection, RESIGN, runner);
    }
}
