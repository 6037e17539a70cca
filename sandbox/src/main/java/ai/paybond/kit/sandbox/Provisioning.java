package ai.paybond.kit.sandbox;

import ai.paybond.kit.sandbox.internal.store.ApiKeyRow;
import ai.paybond.kit.sandbox.internal.store.RecognitionKeyRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.TenantRow;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.ed25519.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the tenants and keys of a new store, and reads them back from an old one. */
final class Provisioning {
    static final int CAPABILITY_ROOT_KEY_ID = 1;
    private static final String RECOGNITION_KEY_ID = "agent-key-1";

    private final TenantStore store;
    private final List<String> tenantIds;
    private final SecureRandom random;

    /** @param tenantIds of a new store, in this order */
    Provisioning(TenantStore store, List<String> tenantIds, SecureRandom random) {
        this.store = store;
        this.tenantIds = tenantIds;
        this.random = random;
    }

    /** A seed of the sandbox itself, made on first use. */
    SigningKey key(Session session, String name) {
        String seed = store.setting(session, name).orElseGet(() -> {
            String made = hex(32);
            store.putSetting(session, name, made);
            return made;
        });
        return SigningKey.fromSeedHex(seed);
    }

    List<SandboxTenant> tenants(Session session) {
        if (store.tenants(session).isEmpty()) {
            for (int position = 0; position < tenantIds.size(); position++) {
                add(session, position, tenantIds.get(position));
            }
        }
        return store.tenants(session).stream().map(row -> tenant(session, row)).toList();
    }

    String addApiKey(Session session, String tenantId, String environment, String role) {
        return addApiKey(session, tenantId, environment, role, null);
    }

    /** Scopes, separated by spaces, make a restricted key. */
    String addApiKey(Session session, String tenantId, String environment, String role, @Nullable String scopes) {
        String keyId = hex(16);
        String subject = "sa-" + role + "-" + keyId.substring(0, 8);
        ApiKeyRow key = new ApiKeyRow(keyId, tenantId, environment, hex(32), role, subject, scopes, false);
        store.addApiKey(session, key);
        return key.exposeKey();
    }

    /** Revokes the tenant's recognition key and registers a new one; returns the tenant as it is now. */
    SandboxTenant rotateRecognitionKey(Session session, SandboxTenant tenant) {
        store.revokeRecognitionKey(session, tenant.tenantId(), tenant.recognitionKeyId());
        String keyId = "agent-key-" + hex(4);
        store.addRecognitionKey(session, new RecognitionKeyRow(tenant.tenantId(), keyId, hex(32), false));
        return tenant(session, store.tenant(session, tenant.tenantId()));
    }

    /** Revokes the tenant's key and makes a new one; returns the tenant as it is now. */
    SandboxTenant rotateApiKey(Session session, SandboxTenant tenant) {
        store.revokeApiKey(session, tenant.apiKey().split("_", -1)[3]);
        addApiKey(session, tenant.tenantId(), "sandbox", "operator");
        return tenant(session, store.tenant(session, tenant.tenantId()));
    }

    private void add(Session session, int position, String tenantId) {
        store.addTenant(session, position, new TenantRow(tenantId, UUID.randomUUID(), hex(32), hex(32), hex(32)));
        addApiKey(session, tenantId, "sandbox", "operator");
        addApiKey(session, tenantId, "live", "operator");
        store.addRecognitionKey(session, new RecognitionKeyRow(tenantId, RECOGNITION_KEY_ID, hex(32), false));
    }

    private SandboxTenant tenant(Session session, TenantRow row) {
        RecognitionKeyRow recognition = store.firstRecognitionKey(session, row.tenantId());
        return new SandboxTenant(
                row.tenantId(),
                store.firstApiKey(session, row.tenantId(), "sandbox").exposeKey(),
                store.firstApiKey(session, row.tenantId(), "live").exposeKey(),
                recognition.keyId(),
                SigningKey.fromSeedHex(recognition.seed()),
                SigningKey.fromSeedHex(row.principalSeed()),
                SigningKey.fromSeedHex(row.payeeSeed()));
    }

    private String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return Hex.encode(value);
    }
}
