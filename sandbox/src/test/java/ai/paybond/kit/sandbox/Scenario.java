package ai.paybond.kit.sandbox;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.wire.completion.CompletionCatalog;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.intent.IntentStatement;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One intent of one tenant and the requests of its life, each of which a test may alter. */
final class Scenario {
    static final String OPERATION = "travel.book_hotel";
    static final String PAYEE = "did:web:vendor.example";

    final Sandbox sandbox;
    final SandboxTenant tenant;
    final TestClient client;
    final String intentId = UUID.randomUUID().toString();
    private IntentVersion version = IntentVersion.V6;
    private long amountCents = 20_000;
    private @Nullable String rail = "stripe_connect";
    private @Nullable String preset;
    private String deadline = "2099-12-31T23:59:59Z";
    private List<String> tools = List.of(OPERATION, "travel.book_flight");
    private JsonValue predicate = JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}");
    private JsonValue schema = JsonObject.parse("{\"type\":\"object\"}");

    private Scenario(Sandbox sandbox, SandboxTenant tenant) {
        this.sandbox = sandbox;
        this.tenant = tenant;
        this.client = TestClient.of(sandbox, tenant);
    }

    static Scenario in(Sandbox sandbox) {
        return new Scenario(sandbox, sandbox.tenant());
    }

    static Scenario in(Sandbox sandbox, SandboxTenant tenant) {
        return new Scenario(sandbox, tenant);
    }

    Scenario version(IntentVersion newVersion) {
        version = newVersion;
        rail = newVersion == IntentVersion.V2 ? null : rail;
        return this;
    }

    Scenario rail(String newRail) {
        rail = newRail;
        return this;
    }

    Scenario preset(String id) {
        preset = id;
        return this;
    }

    Scenario amountCents(long cents) {
        amountCents = cents;
        return this;
    }

    Scenario deadline(String text) {
        deadline = text;
        return this;
    }

    Scenario deadline(Instant at) {
        return deadline(DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.SECONDS)));
    }

    Scenario tools(String... names) {
        tools = List.of(names);
        return this;
    }

    Scenario root(String json) {
        return predicate("{\"version\":1,\"root\":" + json + "}");
    }

    Scenario predicate(String json) {
        predicate = JsonValue.parse(json);
        return this;
    }

    Scenario schema(String json) {
        schema = JsonValue.parse(json);
        return this;
    }

    IntentStatement statement() {
        IntentStatement.Builder statement = IntentStatement.builder()
                .tenantId(tenant.tenantId())
                .intentId(intentId)
                .principalDid("did:web:principal.example")
                .payeeDid(PAYEE)
                .amountCents(amountCents)
                .currency("usd")
                .deadline(deadline)
                .budget(JsonObject.parse("{\"currency\":\"usd\"}"))
                .evidenceSchema(schema)
                .predicate(predicate)
                .allowedTools(tools);
        if (version.bindsPayeeKey()) {
            statement.payeeKey(tenant.payeeKey().publicKey());
        }
        if (preset != null) {
            statement
                    .completionPresetId(preset)
                    .completionContract(
                            CompletionCatalog.bundled().contract(preset).orElseThrow());
        }
        return statement.settlementRail(rail).build();
    }

    JsonObject createBody() {
        return statement().sign(tenant.principalKey(), version).body();
    }

    Answer create() {
        return client.post("/intents", createBody());
    }

    /** Creates the intent and returns its capability. */
    String created() {
        Answer answer = create();
        if (answer.status() != 201) {
            throw new AssertionError(answer.body());
        }
        return answer.text("capability_token");
    }

    JsonObject verifyBody(String token, String operation, long spendCents) {
        return JsonObject.builder()
                .put("intent_id", intentId)
                .put("token", token)
                .put("operation", operation)
                .put("requested_spend_cents", spendCents)
                .build();
    }

    Answer verify(String token, String operation, long spendCents) {
        return client.post("/verify", verifyBody(token, operation, spendCents));
    }

    JsonObject evidenceBody(String payload) {
        return evidenceBody(payload, EvidenceVersion.V2);
    }

    JsonObject evidenceBody(String payload, EvidenceVersion evidenceVersion) {
        return evidence(payload).sign(tenant.payeeKey(), evidenceVersion).body();
    }

    EvidenceStatement evidence(String payload) {
        return new EvidenceStatement(
                tenant.tenantId(), intentId, PAYEE, JsonValue.parse(payload), List.of(), "2026-01-02T15:04:05Z");
    }

    Answer submit(String payload) {
        return client.post(path("evidence"), evidenceBody(payload));
    }

    Answer confirm() {
        return client.post(path("settlement/confirm"), "{}");
    }

    String path(String action) {
        return "/intents/" + intentId + "/" + action;
    }

    /** A proof by the tenant's registered key, valid now. */
    RecognitionProof.Builder proof(RecognitionPurpose purpose, String path, String body) {
        return proof(tenant.recognitionKeyId(), purpose, path, body);
    }

    RecognitionProof.Builder proof(String keyId, RecognitionPurpose purpose, String path, String body) {
        Instant now = Instant.now();
        return RecognitionProof.builder(keyId, tenant.tenantId())
                .purpose(purpose)
                .request("POST", path, body.getBytes(StandardCharsets.UTF_8))
                .issuedAt(now.minusSeconds(60))
                .expiresAt(now.plusSeconds(180))
                .nonce(UUID.randomUUID().toString());
    }

    Answer recognized(RecognitionPurpose purpose, String path, String body) {
        return client.with(
                        RecognitionProof.HEADER,
                        proof(purpose, path, body).sign(tenant.recognitionKey()).headerValue())
                .post(path, body);
    }
}
