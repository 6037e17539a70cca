package ai.paybond.kit.sandbox.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Ledger rows as they were written; whether they still hold together is the ledger's business. Rows are ordered by all of
 * their key, the tenant included although there is but one: H2 reads the whole ledger to sort it otherwise.
 */
public final class LedgerStore {
    /** A row; {@code event} is JSON text, commitments, key and signature are hex. */
    public record LedgerRow(
            String tenantId,
            long seq,
            String event,
            long timestampNanos,
            String prevCommitment,
            String entryCommitment,
            String issuerKey,
            String signature) {}

    public Optional<LedgerRow> tip(Session session, String tenantId) {
        return session.first(
                "select * from ledger_entry where tenant_id = ? order by tenant_id desc, seq desc limit 1",
                LedgerStore::read,
                tenantId);
    }

    public List<LedgerRow> after(Session session, String tenantId, long afterSeq, int limit) {
        return session.list(
                "select * from ledger_entry where tenant_id = ? and seq > ? order by tenant_id, seq limit ?",
                LedgerStore::read,
                tenantId,
                afterSeq,
                limit);
    }

    public void add(Session session, LedgerRow row) {
        session.update(
                "insert into ledger_entry (tenant_id, seq, event, timestamp_nanos, prev_commitment, entry_commitment,"
                        + " issuer_key, signature) values (?, ?, ?, ?, ?, ?, ?, ?)",
                row.tenantId(),
                row.seq(),
                row.event(),
                row.timestampNanos(),
                row.prevCommitment(),
                row.entryCommitment(),
                row.issuerKey(),
                row.signature());
    }

    private static LedgerRow read(ResultSet row) throws SQLException {
        return new LedgerRow(
                row.getString("tenant_id"),
                row.getLong("seq"),
                row.getString("event"),
                row.getLong("timestamp_nanos"),
                row.getString("prev_commitment"),
                row.getString("entry_commitment"),
                row.getString("issuer_key"),
                row.getString("signature"));
    }
}
