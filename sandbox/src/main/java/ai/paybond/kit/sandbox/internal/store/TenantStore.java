package ai.paybond.kit.sandbox.internal.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tenants, their API keys and recognition keys, and the sandbox's own settings. */
public final class TenantStore {
    public Optional<String> setting(Session session, String name) {
        return session.first("select text from setting where name = ?", row -> row.getString(1), name);
    }

    public void putSetting(Session session, String name, String text) {
        session.update("insert into setting (name, text) values (?, ?)", name, text);
    }

    public List<TenantRow> tenants(Session session) {
        return session.list("select * from tenant order by position", TenantStore::tenantRow);
    }

    public TenantRow tenant(Session session, String tenantId) {
        return session.first("select * from tenant where tenant_id = ?", TenantStore::tenantRow, tenantId)
                .orElseThrow(() -> new IllegalArgumentException("The sandbox has no such tenant."));
    }

    public void addTenant(Session session, int position, TenantRow tenant) {
        session.update(
                "insert into tenant (tenant_id, position, tenant_uuid, ledger_seed, principal_seed, payee_seed)"
                        + " values (?, ?, ?, ?, ?, ?)",
                tenant.tenantId(),
                position,
                tenant.tenantUuid(),
                tenant.ledgerSeed(),
                tenant.principalSeed(),
                tenant.payeeSeed());
    }

    public void addApiKey(Session session, ApiKeyRow key) {
        session.update(
                "insert into api_key (key_id, tenant_id, environment, secret, role, subject, scopes, revoked)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                key.keyId(),
                key.tenantId(),
                key.environment(),
                key.secret(),
                key.role(),
                key.subject(),
                key.scopes(),
                key.revoked());
    }

    public Optional<ApiKeyRow> apiKey(Session session, String keyId) {
        return session.first("select * from api_key where key_id = ?", TenantStore::apiKeyRow, keyId);
    }

    /** The tenant's first key for {@code environment}, the one made with the tenant. */
    public ApiKeyRow firstApiKey(Session session, String tenantId, String environment) {
        return session.first(
                        "select * from api_key where tenant_id = ? and environment = ? and scopes is null order by revoked, position",
                        TenantStore::apiKeyRow,
                        tenantId,
                        environment)
                .orElseThrow();
    }

    public void revokeApiKey(Session session, String keyId) {
        session.update("update api_key set revoked = true where key_id = ?", keyId);
    }

    public void addRecognitionKey(Session session, RecognitionKeyRow key) {
        session.update(
                "insert into recognition_key (tenant_id, key_id, seed, revoked) values (?, ?, ?, ?)",
                key.tenantId(),
                key.keyId(),
                key.seed(),
                key.revoked());
    }

    public Optional<RecognitionKeyRow> recognitionKey(Session session, String tenantId, String keyId) {
        return session.first(
                "select * from recognition_key where tenant_id = ? and key_id = ?",
                TenantStore::recognitionKeyRow,
                tenantId,
                keyId);
    }

    public RecognitionKeyRow firstRecognitionKey(Session session, String tenantId) {
        return session.first(
                        "select * from recognition_key where tenant_id = ? order by revoked, key_id",
                        TenantStore::recognitionKeyRow,
                        tenantId)
                .orElseThrow();
    }

    public void revokeRecognitionKey(Session session, String tenantId, String keyId) {
        session.update("update recognition_key set revoked = true where tenant_id = ? and key_id = ?", tenantId, keyId);
    }

    private static TenantRow tenantRow(ResultSet row) throws SQLException {
        return new TenantRow(
                row.getString("tenant_id"),
                row.getObject("tenant_uuid", UUID.class),
                row.getString("ledger_seed"),
                row.getString("principal_seed"),
                row.getString("payee_seed"));
    }

    private static ApiKeyRow apiKeyRow(ResultSet row) throws SQLException {
        return new ApiKeyRow(
                row.getString("key_id"),
                row.getString("tenant_id"),
                row.getString("environment"),
                row.getString("secret"),
                row.getString("role"),
                row.getString("subject"),
                row.getString("scopes"),
                row.getBoolean("revoked"));
    }

    private static RecognitionKeyRow recognitionKeyRow(ResultSet row) throws SQLException {
        return new RecognitionKeyRow(
                row.getString("tenant_id"), row.getString("key_id"), row.getString("seed"), row.getBoolean("revoked"));
    }
}
