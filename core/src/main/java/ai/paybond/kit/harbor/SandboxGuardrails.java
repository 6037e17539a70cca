package ai.paybond.kit.harbor;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ready-made intents for trying a guard out, with sandbox keys only: no principal, payee or recognition key is needed.
 * Thread-safe. Failures are those of {@link HarborClient}.
 */
public final class SandboxGuardrails {
    private static final String PATH = "/v1/sandbox/guardrails/";

    private final Connection gateway;
    private final String tenantId;
    private final Machine machine;

    SandboxGuardrails(Connection gateway, String tenantId, Machine machine) {
        this.gateway = gateway;
        this.tenantId = tenantId;
        this.machine = machine;
    }

    /** Makes a funded intent and its capability. */
    public SandboxRun bootstrap(BootstrapRequest request) {
        Reply reply = send("bootstrap", request.body(), request.idempotencyKey());
        String intentId = reply.string("intent_id");
        if (!UuidText.isValid(intentId)) {
            throw reply.wrongType("intent_id", "a UUID");
        }
        return new SandboxRun(
                intentId,
                CapabilityToken.of(reply.string("capability_token")),
                reply.string("operation"),
                reply.integer("requested_spend_cents"),
                reply.string("sandbox_lifecycle_status"),
                reply.optionalString("currency").orElse(null),
                reply.optionalString("settlement_rail").orElse(null),
                Replies.withoutToken(reply));
    }

    /** Hands in the evidence of a run, which settles it. */
    public EvidenceReceipt submitEvidence(GuardrailEvidence evidence, @Nullable String idempotencyKey) {
        String path = HttpHarborClient.checkedIntentId(evidence.intentId()) + "/evidence";
        Reply reply = send(path, evidence.body(), idempotencyKey).ofIntent(evidence.intentId());
        return Replies.evidence(reply, "sandbox_lifecycle_status");
    }

    /** These routes refuse the tenant header; the tenant of the key is the only one they know. */
    private Reply send(String path, JsonObject body, @Nullable String idempotencyKey) {
        String key = Optional.ofNullable(idempotencyKey).orElseGet(machine::newId);
        byte[] json = body.toJson().getBytes(StandardCharsets.UTF_8);
        HttpCall call = gateway.postJson(PATH + path, json, key).build();
        return gateway.json(call).ofTenant("tenant_id", tenantId);
    }
}
