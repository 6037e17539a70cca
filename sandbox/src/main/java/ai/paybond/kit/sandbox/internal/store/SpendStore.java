package ai.paybond.kit.sandbox.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Verifications, spend decisions and revoked capabilities. */
public final class SpendStore {
    /** Cents of the intent that are consumed, or held by a reservation that has not run out at {@code now}. */
    public long heldCents(Session session, String tenantId, String intentId, Instant now) {
        return session.first(
                        "select coalesce(sum(spend_cents), 0) from spend_decision where tenant_id = ? and intent_id = ?"
                                + " and (status = 'consumed' or (status = 'reserved' and expires_at > ?))",
                        row -> row.getLong(1),
                        tenantId,
                        intentId,
                        now)
                .orElse(0L);
    }

    /** Cents of the tenant that were reserved since then and are consumed or still held. */
    public long heldSince(Session session, String tenantId, Instant since, Instant now) {
        return session.first(
                        "select coalesce(sum(spend_cents), 0) from spend_decision where tenant_id = ? and reserved_at >= ?"
                                + " and (status = 'consumed' or (status = 'reserved' and expires_at > ?))",
                        row -> row.getLong(1),
                        tenantId,
                        since,
                        now)
                .orElse(0L);
    }

    /** How many spends the tenant was allowed before, and how large they were on average. */
    public record Usual(long count, long averageCents) {}

    public Usual usual(Session session, String tenantId) {
        return session.first(
                        "select count(*), coalesce(avg(spend_cents), 0) from spend_decision where tenant_id = ?",
                        row -> new Usual(row.getLong(1), (long) row.getDouble(2)),
                        tenantId)
                .orElseThrow();
    }

    public long allowedSince(Session session, String tenantId, Instant since) {
        return session.first(
                        "select count(*) from spend_decision where tenant_id = ? and reserved_at >= ?",
                        row -> row.getLong(1),
                        tenantId,
                        since)
                .orElse(0L);
    }

    public boolean knowsVendor(Session session, String tenantId, String vendorId) {
        return session.first(
                        "select 1 from verification where tenant_id = ? and vendor_id = ? and allow = true limit 1",
                        row -> row.getInt(1),
                        tenantId,
                        vendorId)
                .isPresent();
    }

    public List<VerificationRow> verifications(Session session, String tenantId, long offset, int limit) {
        return session.list(
                "select * from verification where tenant_id = ? order by position limit ? offset ?",
                SpendStore::verificationRow,
                tenantId,
                limit,
                offset);
    }

    /** The newest call of the intent that was allowed and named itself; ordered as {@link LedgerStore} says. */
    public Optional<VerificationRow> lastAllowedCall(Session session, String tenantId, String intentId) {
        return session.first(
                "select * from verification where tenant_id = ? and asked_intent = ? and allow = true"
                        + " and tool_call_id is not null order by tenant_id desc, asked_intent desc, position desc limit 1",
                SpendStore::verificationRow,
                tenantId,
                intentId);
    }

    public List<DecisionRow> decisions(Session session, String tenantId, long offset, int limit) {
        return session.list(
                "select * from spend_decision where tenant_id = ? order by position limit ? offset ?",
                SpendStore::decisionRow,
                tenantId,
                limit,
                offset);
    }

    public void addDecision(Session session, DecisionRow decision) {
        session.update(
                "insert into spend_decision (tenant_id, decision_id, intent_id, operation, spend_cents, status,"
                        + " reserved_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
                decision.tenantId(),
                decision.decisionId(),
                decision.intentId(),
                decision.operation(),
                decision.spendCents(),
                decision.status(),
                decision.reservedAt(),
                decision.expiresAt());
    }

    public Optional<DecisionRow> decision(Session session, String tenantId, UUID decisionId) {
        return session.first(
                "select * from spend_decision where tenant_id = ? and decision_id = ?",
                SpendStore::decisionRow,
                tenantId,
                decisionId);
    }

    public List<DecisionRow> decisions(Session session) {
        return session.list("select * from spend_decision order by position", SpendStore::decisionRow);
    }

    public void setStatus(Session session, DecisionRow decision, String status) {
        session.update(
                "update spend_decision set status = ? where tenant_id = ? and decision_id = ?",
                status,
                decision.tenantId(),
                decision.decisionId());
    }

    public void addVerification(Session session, VerificationRow row) {
        session.update(
                "insert into verification (tenant_id, audit_id, intent_id, asked_intent, operation, spend_cents, allow,"
                        + " code, tool_call_id, decision_id, vendor_id, context, at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.tenantId(),
                row.auditId(),
                row.intentId(),
                row.intentId().toLowerCase(Locale.ROOT),
                row.operation(),
                row.spendCents(),
                row.allow(),
                row.code(),
                row.toolCallId(),
                row.decisionId(),
                row.vendorId(),
                row.context(),
                row.at());
    }

    public List<VerificationRow> verifications(Session session) {
        return session.list("select * from verification order by position", SpendStore::verificationRow);
    }

    public void revokeCapability(Session session, String jti) {
        if (!isRevoked(session, jti)) {
            session.update("insert into revoked_capability (jti) values (?)", jti);
        }
    }

    public boolean isRevoked(Session session, String jti) {
        return session.first("select 1 from revoked_capability where jti = ?", row -> row.getInt(1), jti)
                .isPresent();
    }

    private static DecisionRow decisionRow(ResultSet row) throws SQLException {
        return new DecisionRow(
                row.getString("tenant_id"),
                row.getObject("decision_id", UUID.class),
                row.getString("intent_id"),
                row.getString("operation"),
                row.getLong("spend_cents"),
                row.getString("status"),
                Session.instant(row, "reserved_at"),
                Session.instant(row, "expires_at"));
    }

    private static VerificationRow verificationRow(ResultSet row) throws SQLException {
        return new VerificationRow(
                row.getString("tenant_id"),
                row.getObject("audit_id", UUID.class),
                row.getString("intent_id"),
                row.getString("operation"),
                row.getLong("spend_cents"),
                row.getBoolean("allow"),
                row.getString("code"),
                row.getString("tool_call_id"),
                row.getObject("decision_id", UUID.class),
                row.getString("vendor_id"),
                row.getString("context"),
                Session.instant(row, "at"));
    }
}
