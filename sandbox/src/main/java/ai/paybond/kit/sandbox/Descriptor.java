package ai.paybond.kit.sandbox;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;

/** Tells another process how to reach and use a sandbox. */
final class Descriptor {
    private Descriptor() {}

    static JsonObject of(Sandbox sandbox) {
        return JsonObject.builder()
                .put("base_url", sandbox.baseUrl().toString())
                .put(
                        "tenants",
                        sandbox.tenants().stream().map(Descriptor::tenant).toList())
                .put("receipt_key_hex", sandbox.receiptKey().hex())
                .put("capability_root_key_hex", sandbox.capabilityRootKey().hex())
                .put("capability_root_key_id", sandbox.capabilityRootKeyId())
                .build();
    }

    private static JsonObject tenant(SandboxTenant tenant) {
        return JsonObject.builder()
                .put("tenant_id", tenant.tenantId())
                .put("sandbox_api_key", tenant.apiKey())
                .put(
                        "recognition_key",
                        JsonObject.builder()
                                .put("key_id", tenant.recognitionKeyId())
                                .put(
                                        "seed_hex",
                                        Hex.encode(tenant.recognitionKey().exposeSeed()))
                                .build())
                .put("principal_seed_hex", Hex.encode(tenant.principalKey().exposeSeed()))
                .put("payee_seed_hex", Hex.encode(tenant.payeeKey().exposeSeed()))
                .build();
    }
}
