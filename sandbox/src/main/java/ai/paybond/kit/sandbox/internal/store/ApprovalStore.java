package ai.paybond.kit.sandbox.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Spends that wait for a person, and what that person said. */
public final class ApprovalStore {
    public void add(Session session, ApprovalRow approval) {
        session.update(
                "insert into approval (tenant_id, approval_id, intent_id, operation, spend_cents, tool_call_id,"
                        + " arguments_digest, reason, token, status, requested_at, expires_at, decided_at, note)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                approval.tenantId(),
                approval.approvalId(),
                approval.intentId(),
                approval.operation(),
                approval.spendCents(),
                approval.toolCallId(),
                approval.argumentsDigest(),
                approval.reason(),
                approval.token(),
                approval.status(),
                approval.requestedAt(),
                approval.expiresAt(),
                approval.decidedAt(),
                approval.note());
    }

    public Optional<ApprovalRow> find(Session session, String tenantId, UUID approvalId) {
        return session.first(
                "select * from approval where tenant_id = ? and approval_id = ?",
                ApprovalStore::read,
                tenantId,
                approvalId);
    }

    /** Whichever tenant it is of; for the sandbox's own owner, who is not a caller. */
    public Optional<ApprovalRow> find(Session session, UUID approvalId) {
        return session.first("select * from approval where approval_id = ?", ApprovalStore::read, approvalId);
    }

    public List<ApprovalRow> all(Session session) {
        return session.list("select * from approval order by position", ApprovalStore::read);
    }

    public List<ApprovalRow> page(Session session, String tenantId, long offset, int limit) {
        return session.list(
                "select * from approval where tenant_id = ? order by position limit ? offset ?",
                ApprovalStore::read,
                tenantId,
                limit,
                offset);
    }

    /** Every approval of this intent, operation and amount, newest first. */
    public List<ApprovalRow> of(Session session, String tenantId, String intentId, String operation, long spendCents) {
        return session.list(
                "select * from approval where tenant_id = ? and intent_id = ? and operation = ? and spend_cents = ?"
                        + " order by position desc",
                ApprovalStore::read,
                tenantId,
                intentId,
                operation,
                spendCents);
    }

    public void decide(
            Session session,
            ApprovalRow approval,
            String status,
            @Nullable String token,
            Instant at,
            @Nullable String note) {
        session.update(
                "update approval set status = ?, token = ?, decided_at = ?, note = ?"
                        + " where tenant_id = ? and approval_id = ?",
                status,
                token,
                at,
                note,
                approval.tenantId(),
                approval.approvalId());
    }

    private static ApprovalRow read(ResultSet row) throws SQLException {
        return new ApprovalRow(
                row.getString("tenant_id"),
                row.getObject("approval_id", UUID.class),
                row.getString("intent_id"),
                row.getString("operation"),
                row.getLong("spend_cents"),
                row.getString("tool_call_id"),
                row.getString("arguments_digest"),
                row.getString("reason"),
                row.getString("token"),
                row.getString("status"),
                Session.instant(row, "requested_at"),
                Session.instant(row, "expires_at"),
                Session.optionalInstant(row, "decided_at"),
                row.getString("note"));
    }
}
