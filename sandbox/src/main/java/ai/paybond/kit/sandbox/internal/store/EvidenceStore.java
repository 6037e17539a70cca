package ai.paybond.kit.sandbox.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Accepted evidence, at most one per intent. */
public final class EvidenceStore {
    public Optional<EvidenceRow> find(Session session, String tenantId, String intentId) {
        return session.first(
                "select * from evidence where tenant_id = ? and intent_id = ?",
                EvidenceStore::read,
                tenantId,
                intentId);
    }

    public List<EvidenceRow> byIntent(Session session, String intentId) {
        return session.list("select * from evidence where intent_id = ?", EvidenceStore::read, intentId);
    }

    public void add(Session session, EvidenceRow evidence) {
        session.update(
                "insert into evidence (tenant_id, intent_id, request_digest, payload, artifacts, payload_digest,"
                        + " artifacts_digest, signing_version, payee_key, submitted_at, received_at, predicate_passed,"
                        + " reply) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                evidence.tenantId(),
                evidence.intentId(),
                evidence.requestDigest(),
                evidence.payload(),
                evidence.artifacts(),
                evidence.payloadDigest(),
                evidence.artifactsDigest(),
                evidence.signingVersion(),
                evidence.payeeKey(),
                evidence.submittedAt(),
                evidence.receivedAt(),
                evidence.predicatePassed(),
                evidence.reply());
    }

    private static EvidenceRow read(ResultSet row) throws SQLException {
        return new EvidenceRow(
                row.getString("tenant_id"),
                row.getString("intent_id"),
                row.getString("request_digest"),
                row.getString("payload"),
                row.getString("artifacts"),
                row.getString("payload_digest"),
                row.getString("artifacts_digest"),
                row.getInt("signing_version"),
                row.getString("payee_key"),
                row.getString("submitted_at"),
                Session.instant(row, "received_at"),
                row.getBoolean("predicate_passed"),
                row.getString("reply"));
    }
}
