package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.ClaimResult.OverBudget;
import ai.paybond.kit.journal.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tables of budgets and of what calls are charged to them. A budget's row is locked by the first change of it. */
final class BudgetTables {
    private static final String OPEN =
            "INSERT INTO paybond_budget (scope, charged_cents) VALUES (?, 0) ON CONFLICT DO NOTHING";
    private static final String ADD_WITHIN =
            "UPDATE paybond_budget SET charged_cents = charged_cents + ? WHERE scope = ? AND charged_cents <= ?";
    private static final String CHARGED = "SELECT charged_cents FROM paybond_budget WHERE scope = ?";
    private static final String CHARGE =
            "INSERT INTO paybond_charge (intent_id, call_id, scope, cents) VALUES (?, ?, ?, ?)";
    private static final String CHARGES =
            "SELECT scope, cents FROM paybond_charge WHERE intent_id = ? AND call_id = ? ORDER BY scope";
    private static final String FORGET = "DELETE FROM paybond_charge WHERE intent_id = ? AND call_id = ?";

    private BudgetTables() {}

    /**
     * Charges a call to each scope, in their order; after a refusal the transaction must be rolled back.
     *
     * @param limits each scope's limit; not negative, and neither is the call's spend
     */
    static Optional<OverBudget> charge(Connection connection, JournalEntry started, Map<String, Long> limits)
            throws SQLException {
        long cents = started.facts().spendCents();
        CallKey key = started.key();
        for (Map.Entry<String, Long> budget : limits.entrySet()) {
            String scope = budget.getKey();
            long limit = budget.getValue();
            Sql.execute(connection, OPEN, scope);
            if (Sql.execute(connection, ADD_WITHIN, cents, scope, limit - cents) == 0) {
                return Optional.of(new OverBudget(scope, Math.max(0, limit - charged(connection, scope))));
            }
            Sql.execute(connection, CHARGE, key.intentId(), key.callId(), scope, cents);
        }
        return Optional.empty();
    }

    static void giveBack(Connection connection, CallKey key) throws SQLException {
        Map<String, Long> charges = new LinkedHashMap<>();
        try (PreparedStatement statement = Sql.prepare(connection, CHARGES, key.intentId(), key.callId());
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                charges.put(rows.getString(1), rows.getLong(2));
            }
        }
        for (Map.Entry<String, Long> charge : charges.entrySet()) {
            Sql.execute(connection, ADD_WITHIN, -charge.getValue(), charge.getKey(), Long.MAX_VALUE);
        }
        if (!charges.isEmpty()) {
            Sql.execute(connection, FORGET, key.intentId(), key.callId());
        }
    }

    static long charged(Connection connection, String scope) throws SQLException {
        try (PreparedStatement statement = Sql.prepare(connection, CHARGED, scope);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
