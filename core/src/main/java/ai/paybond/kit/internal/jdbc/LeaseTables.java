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
    /**
     * An intent is due when its first pending call is: what is behind that one waits. The calls are walked through in the
     * order of their index, and for each there are two look-ups, which a planner cannot turn into reading a table as it
     * can with {@code NOT EXISTS}; so what this costs does not depend on how many calls wait. A call's row is locked for
     * that others pass it over who look for work at the same moment.
     */
    private static final String DUE = """
            SELECT c.intent_id FROM paybond_call c WHERE c.pending = 1 AND c.tenant_id = ? AND c.due_ms <= ?
                AND c.call_id = (SELECT f.call_id FROM paybond_call f WHERE f.intent_id = c.intent_id AND f.pending = 1
                    ORDER BY f.finished_s, f.finished_ns, f.call_id LIMIT 1)
                AND COALESCE((SELECT d.until_ms FROM paybond_delivery d WHERE d.tenant_id = c.tenant_id
                    AND d.intent_id = c.intent_id AND d.owner <> ?), 0) <= ?
                ORDER BY c.due_ms, c.finished_s, c.finished_ns, c.call_id LIMIT ?""";

    /** How often to look again when others were faster, so that nobody rests while there is work. */
    private static final int TRIES = 8;

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
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            List<String> due = due(connection, lease, limit);
            for (String intentId : due) {
                if (take(connection, lease, intentId)) {
                    taken.add(intentId);
                }
            }
            if (!taken.isEmpty() || due.isEmpty()) {
                return taken;
            }
        }
        return taken;
    }

    /** Someone else may have taken one of them, and committed, since this looked at the leases. */
    private List<String> due(Connection connection, DeliveryLease lease, int limit) throws SQLException {
        long now = lease.now().toEpochMilli();
        List<String> intents = new ArrayList<>();
        try (PreparedStatement statement =
                        Sql.prepare(connection, due, lease.tenantId(), now, lease.owner(), now, limit);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                intents.add(rows.getString(1));
            }
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
