package ai.paybond.kit.sandbox.internal.store;

import java.time.Instant;
import java.util.Optional;

/** What makes a request count once: stored replies by idempotency key, and the used nonces of agents' and holders' proofs. */
public final class RequestStore {
    /** A reply kept for replay; {@code headers} and {@code body} are JSON texts. */
    public record StoredReply(String fingerprint, int status, String headers, String body) {}

    public Optional<StoredReply> reply(
            Session session, String tenantId, String operation, String key, Instant notBefore) {
        return session.first(
                "select fingerprint, status, headers, body from idempotency"
                        + " where tenant_id = ? and operation = ? and idem_key = ? and stored_at >= ?",
                row -> new StoredReply(row.getString(1), row.getInt(2), row.getString(3), row.getString(4)),
                tenantId,
                operation,
                key,
                notBefore);
    }

    public void keepReply(
            Session session, String tenantId, String operation, String key, StoredReply reply, Instant now) {
        session.update(
                "delete from idempotency where tenant_id = ? and operation = ? and idem_key = ?",
                tenantId,
                operation,
                key);
        session.update(
                "insert into idempotency (tenant_id, operation, idem_key, fingerprint, status, headers, body, stored_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                tenantId,
                operation,
                key,
                reply.fingerprint(),
                reply.status(),
                reply.headers(),
                reply.body(),
                now);
    }

    public boolean nonceUsed(Session session, String tenantId, String keyId, String nonce) {
        return session.first(
                        "select 1 from recognition_nonce where tenant_id = ? and key_id = ? and nonce = ?",
                        row -> row.getInt(1),
                        tenantId,
                        keyId,
                        nonce)
                .isPresent();
    }

    /** Marks the nonce as used, and forgets those whose proof can no longer be presented. */
    public void useNonce(
            Session session, String tenantId, String keyId, String nonce, Instant proofExpiresAt, Instant now) {
        session.update("delete from recognition_nonce where expires_at < ?", now);
        session.update(
                "insert into recognition_nonce (tenant_id, key_id, nonce, expires_at) values (?, ?, ?, ?)",
                tenantId,
                keyId,
                nonce,
                proofExpiresAt);
    }
}
