package ai.paybond.kit.sandbox.internal.store;

import ai.paybond.kit.wire.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Things that are only ever written and read whole, in the order in which they were first written. Pages are ordered by all
 * columns of their index, for the reason given at {@link LedgerStore}.
 */
public final class DocumentStore {
    /** A stored document; {@code position} grows with every document that is added. */
    public record Document(String tenantId, String id, long position, JsonObject body, Instant storedAt) {}

    public Optional<JsonObject> find(Session session, String tenantId, DocumentKind kind, String id) {
        return session.first(
                        "select * from document where tenant_id = ? and kind = ? and doc_id = ?",
                        DocumentStore::read,
                        tenantId,
                        kind.text(),
                        id)
                .map(Document::body);
    }

    /** Whichever tenant it is of; for what is looked up by a secret or by someone who is not a caller. */
    public Optional<Document> findAnywhere(Session session, DocumentKind kind, String id) {
        return session.first(
                "select * from document where kind = ? and doc_id = ?", DocumentStore::read, kind.text(), id);
    }

    public void put(Session session, String tenantId, DocumentKind kind, String id, JsonObject body, Instant now) {
        int known = session.update(
                "update document set body = ? where tenant_id = ? and kind = ? and doc_id = ?",
                body.toJson(),
                tenantId,
                kind.text(),
                id);
        if (known == 0) {
            session.update(
                    "insert into document (tenant_id, kind, doc_id, body, stored_at) values (?, ?, ?, ?, ?)",
                    tenantId,
                    kind.text(),
                    id,
                    body.toJson(),
                    now);
        }
    }

    public boolean remove(Session session, String tenantId, DocumentKind kind, String id) {
        return session.update(
                        "delete from document where tenant_id = ? and kind = ? and doc_id = ?",
                        tenantId,
                        kind.text(),
                        id)
                > 0;
    }

    public List<Document> all(Session session, String tenantId, DocumentKind kind) {
        return after(session, tenantId, kind, 0, Integer.MAX_VALUE);
    }

    /** Of every tenant. */
    public List<Document> all(Session session, DocumentKind kind) {
        return session.list(
                "select * from document where kind = ? order by position", DocumentStore::read, kind.text());
    }

    public List<Document> after(Session session, String tenantId, DocumentKind kind, long position, int limit) {
        return session.list(
                "select * from document where tenant_id = ? and kind = ? and position > ?"
                        + " order by tenant_id, kind, position limit ?",
                DocumentStore::read,
                tenantId,
                kind.text(),
                position,
                limit);
    }

    public List<Document> page(Session session, String tenantId, DocumentKind kind, long offset, int limit) {
        return session.list(
                "select * from document where tenant_id = ? and kind = ? order by tenant_id, kind, position limit ? offset ?",
                DocumentStore::read,
                tenantId,
                kind.text(),
                limit,
                offset);
    }

    private static Document read(ResultSet row) throws SQLException {
        return new Document(
                row.getString("tenant_id"),
                row.getString("doc_id"),
                row.getLong("position"),
                JsonObject.parse(row.getString("body")),
                Session.instant(row, "stored_at"));
    }
}
