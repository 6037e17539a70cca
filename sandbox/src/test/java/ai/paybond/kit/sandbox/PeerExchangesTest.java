package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.intent.IntentStatement;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.intent.PolicyBinding;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kits of four generations, request by request: routes, headers and members as their sources send them, bodies signed by
 * them where the wire format's vectors hold one. No registry that can be reached holds the kits themselves, so these exchanges
 * are composed and not recorded.
 */
class PeerExchangesTest {
    private static final JsonObject BODIES = bodies();
    private static final String INTENT = "7f2a9b1e-2f66-4f4f-9c6e-8f4b8e85c401";
    private static final String TOOL = "harbor.describe";
    private static final String PAYEE = "did:payee:1";
    private static final SigningKey PAYEE_KEY = SigningKey.fromSeedHex(body("intent_6_payee_seed_hex"));

    private final TestClock clock = new TestClock(Instant.parse("2030-01-01T12:00:00Z"));

    @RegisterExtension
    final SandboxExtension extension = SandboxExtension.startedBy(() -> Sandbox.builder()
            .tenants("tenant-golden", "tenant-other")
            .clock(clock)
            .harborTokenTtl(Duration.ofSeconds(900))
            .start());

    private Sandbox sandbox;
    private SandboxTenant tenant;

    /** As the kits send: the API key, and what to accept. */
    private TestClient gateway;

    /** As they address a tenant. */
    private TestClient harbor;

    @BeforeEach
    void open(Sandbox running) {
        sandbox = running;
        tenant = running.tenant();
        gateway = TestClient.anonymous(running).bearer(tenant.apiKey()).with("accept", "application/json");
        harbor = gateway.with("x-tenant-id", tenant.tenantId());
    }

    private static JsonObject bodies() {
        try (InputStream in = PeerExchangesTest.class.getResourceAsStream("/peer-exchanges.json")) {
            return JsonObject.parse(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(String name) {
        return BODIES.string(name).orElseThrow();
    }

    private static void assertStatus(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    private static void assertAllowed(Answer answer) {
        assertStatus(answer, 200);
        assertThat(answer.json().bool("allow")).as(answer.body()).hasValue(true);
        assertThat(UUID.fromString(answer.text("audit_id"))).isNotNull();
        assertThat(answer.text("tenant")).isEqualTo("tenant-golden");
    }

    private static String question(String intentId, String token, String operation, long cents) {
        return JsonObject.builder()
                .put("intent_id", intentId)
                .put("token", token)
                .put("operation", operation)
                .put("requested_spend_cents", cents)
                .build()
                .toJson();
    }

    private String proof(RecognitionPurpose purpose, String path, String body) {
        return RecognitionProof.builder(tenant.recognitionKeyId(), tenant.tenantId())
                .purpose(purpose)
                .request("POST", path, body.getBytes(StandardCharsets.UTF_8))
                .issuedAt(clock.instant().minusSeconds(60))
                .expiresAt(clock.instant().plusSeconds(180))
                .nonce(UUID.randomUUID().toString())
                .sign(tenant.recognitionKey())
                .headerValue();
    }

    private Answer proven(RecognitionPurpose purpose, String path, String body) {
        return harbor.with(RecognitionProof.HEADER, proof(purpose, path, body)).post(path, body);
    }

    /** {@code POST /v1/auth/harbor-access}: no body, no content type. */
    private Answer exchange() {
        return gateway.postNothing("/v1/auth/harbor-access");
    }

    private TestClient direct(Answer exchange) {
        return harbor.bearer(exchange.text("access_token"));
    }

    /** Item 1: {@code Paybond.open}, bootstrap, a guarded tool, sandbox evidence, by TypeScript 0.12.16. */
    @Test
    void theCurrentKitGuardsAToolInTheSandbox() {
        Answer principal = gateway.get("/v1/auth/principal");
        assertThat(principal.text("tenant_id")).isEqualTo("tenant-golden");
        assertThat(principal.text("environment")).isEqualTo("sandbox");

        Answer run = gateway.post(
                "/v1/sandbox/guardrails/bootstrap",
                "{\"operation\":\"travel.book_hotel\",\"requested_spend_cents\":18700,"
                        + "\"completion_preset\":\"cost_and_completion\"}");
        assertStatus(run, 200);
        assertThat(run.text("tenant_id")).isEqualTo("tenant-golden");
        assertThat(run.json().integer("requested_spend_cents")).hasValue(18_700L);
        assertThat(run.text("sandbox_lifecycle_status")).isEqualTo("funded");
        String intent = run.text("intent_id");

        Answer verified = harbor.post(
                "/verify",
                JsonObject.parse(question(intent, run.text("capability_token"), "travel.book_hotel", 18_700))
                        .with("tool_call_id", "call-7")
                        .with("tool_name", "book_hotel"));
        assertAllowed(verified);
        String decision = verified.text("decision_id");
        assertStatus(harbor.post("/v1/spend/decisions/" + decision + "/complete", "{\"outcome\":\"consumed\"}"), 200);

        Answer evidence = gateway.with("idempotency-key", "evidence:" + intent + ":call-7")
                .post(
                        "/v1/sandbox/guardrails/" + intent + "/evidence",
                        "{\"payload\":{\"status\":\"completed\",\"cost_cents\":18700},\"operation\":\"travel.book_hotel\","
                                + "\"requested_spend_cents\":18700,\"metadata\":{\"tool_name\":\"book_hotel\","
                                + "\"tool_call_id\":\"call-7\",\"evidence_preset\":\"cost_and_completion\",\"decision_id\":\""
                                + decision + "\",\"external_attestations\":[]}}");
        assertStatus(evidence, 200);
        assertThat(evidence.text("intent_id")).isEqualTo(intent);
        assertThat(evidence.text("sandbox_lifecycle_status")).isEqualTo("released");
        assertThat(evidence.json().bool("predicate_passed")).hasValue(true);
    }

    /** The tenant header is refused where the kit must not send it. */
    @Test
    void theCurrentKitNamesNoTenantOnSandboxRoutes() {
        assertStatus(
                harbor.post("/v1/sandbox/guardrails/bootstrap", "{\"operation\":\"x\",\"requested_spend_cents\":1}"),
                400);
    }

    /** Item 2: create with a proof, verify, evidence, confirm, all through the Gateway. */
    @Test
    void theCurrentKitTakesAnIntentOfGenerationSixToItsEnd() {
        Answer created = proven(RecognitionPurpose.INTENT_CREATE, "/harbor/intents", body("intent_6"));
        assertStatus(created, 201);
        assertAllowed(harbor.post("/verify", question(INTENT, created.text("capability_token"), TOOL, 100)));

        assertStatus(submitted("/harbor/intents/" + INTENT + "/evidence", evidence(EvidenceVersion.V2)), 200);
        Answer settled = proven(
                RecognitionPurpose.SETTLEMENT_CONFIRM, "/harbor/intents/" + INTENT + "/settlement/confirm", "{}");
        assertStatus(settled, 200);
        assertThat(settled.text("state")).isEqualTo("released");
    }

    private String evidence(EvidenceVersion version) {
        return new EvidenceStatement(
                        tenant.tenantId(),
                        INTENT,
                        PAYEE,
                        JsonObject.parse("{\"ok\":true}"),
                        List.of(),
                        "2030-01-01T12:00:00Z")
                .sign(PAYEE_KEY, version)
                .bodyJson();
    }

    /** With every header that the middleware adds. */
    private Answer submitted(String path, String body) {
        return harbor.with("idempotency-key", "evidence:" + INTENT + ":call-7")
                .with("x-paybond-agent-receipt-attestations", "[]")
                .with("x-paybond-agent-run-id", "run-1")
                .with(RecognitionProof.HEADER, proof(RecognitionPurpose.EVIDENCE_SUBMIT, path, body))
                .post(path, body);
    }

    @Test
    void theCurrentKitBindsAnIntentOfGenerationSevenToAPublishedPolicy() {
        JsonObject head = (JsonObject) harbor.get("/harbor/policy/v1/versions?template_id=true_v1")
                .json()
                .array("versions")
                .map(JsonArray::items)
                .orElseThrow()
                .get(0);
        PublishedPolicy policy = new PublishedPolicy(
                PolicyBinding.of("true_v1", 1, head.string("content_digest_hex").orElseThrow()),
                head.object("predicate_dsl").orElseThrow());
        String signed = IntentStatement.builder()
                .tenantId(tenant.tenantId())
                .intentId(INTENT)
                .principalDid("did:principal:1")
                .payeeDid(PAYEE)
                .payeeKey(PAYEE_KEY.publicKey())
                .amountCents(100)
                .currency("usd")
                .deadline("2030-01-02T15:04:05Z")
                .budget(JsonObject.parse("{\"max\":100}"))
                .evidenceSchema(JsonObject.parse("{\"type\":\"object\"}"))
                .allowedTools(List.of(TOOL))
                .settlementRail("stripe_connect")
                .policy(policy)
                .build()
                .sign(tenant.principalKey(), IntentVersion.V7)
                .bodyJson();

        assertThat(JsonObject.parse(signed).has("predicate_dsl")).isFalse();
        assertStatus(proven(RecognitionPurpose.INTENT_CREATE, "/harbor/intents", signed), 201);
    }

    /** Item 2: the direct client with a token that it never renews, ledger reads included. */
    @Test
    void theCurrentDirectClientReadsTheLedger() {
        TestClient client = direct(exchange());
        assertStatus(client.post("/intents", body("intent_6")), 201);

        Answer tip = client.get("/ledger/v1/tip");
        assertThat(tip.text("tenant_id")).isEqualTo("tenant-golden");
        assertThat(tip.json().integer("seq").orElseThrow()).isPositive();
        assertThat(tip.text("entry_commitment_hex")).hasSize(64);
        Answer events = client.get("/ledger/v1/events?after_seq=0&limit=64");
        assertThat(events.json().array("entries").orElseThrow().items()).isNotEmpty();
        assertThat(client.get("/ledger/v1/authority").text("verifying_key_hex")).hasSize(64);
        assertThat(client.get("/ledger/v1/merkle/latest").json().has("checkpoint"))
                .isTrue();
        assertThat(client.get("/operator/v1/intents/" + INTENT).text("tenant_id"))
                .isEqualTo("tenant-golden");
    }

    /** Item 2, {@code fundWithX402}: one signature, shown again on every poll under a fresh proof. */
    @Test
    void theCurrentKitPaysByX402() {
        String path = "/harbor/intents/" + INTENT + "/fund";
        assertStatus(proven(RecognitionPurpose.INTENT_CREATE, "/harbor/intents", body("intent_6_x402")), 201);

        Answer challenge = proven(RecognitionPurpose.INTENT_FUND, path, "{}");
        assertStatus(challenge, 402);
        assertThat(challenge.header("payment-required")).isNotEmpty();
        TestClient paying = harbor.with("payment-signature", "opaque-to-the-kit");
        Answer pending = paying.with(RecognitionProof.HEADER, proof(RecognitionPurpose.INTENT_FUND, path, "{}"))
                .post(path, "{}");
        assertStatus(pending, 202);
        Answer funded = paying.with(RecognitionProof.HEADER, proof(RecognitionPurpose.INTENT_FUND, path, "{}"))
                .post(path, "{}");
        assertStatus(funded, 200);
        assertThat(funded.json().bool("funded")).hasValue(true);
        assertAllowed(harbor.post("/verify", question(INTENT, funded.text("capability_token"), TOOL, 1)));
    }

    /** The direct client of the same kit sends no body at all. */
    @Test
    void theCurrentDirectClientFundsWithAnEmptyBody() {
        TestClient client = direct(exchange());
        assertStatus(client.post("/intents", body("intent_6_x402")), 201);

        assertStatus(client.postNothing("/intents/" + INTENT + "/fund"), 402);
        assertStatus(client.with("payment-signature", "s").postNothing("/intents/" + INTENT + "/fund"), 202);
        assertStatus(client.with("payment-signature", "s").postNothing("/intents/" + INTENT + "/fund"), 200);
    }

    /** Item 3: TypeScript 0.3.0, whose rail is in the body and not in the signature, and Python 0.1, which has none. */
    @ParameterizedTest
    @ValueSource(strings = {"intent_2", "intent_2_with_rail"})
    void theFirstKitsExchangeTheirKeyAndSpeakGenerationTwo(String body) {
        Answer access = exchange();
        assertStatus(access, 200);
        assertThat(access.text("tenant_id")).isEqualTo("tenant-golden");
        assertThat(access.json().integer("expires_in").orElseThrow()).isGreaterThan(91);
        TestClient client = direct(access);

        Answer created = client.post("/intents", body(body));
        assertStatus(created, 201);
        assertAllowed(client.post("/verify", question(INTENT, created.text("capability_token"), TOOL, 0)));
        Answer evidence = client.post("/intents/" + INTENT + "/evidence", body("evidence_1"));
        assertStatus(evidence, 200);
        assertThat(evidence.text("tenant")).isEqualTo("tenant-golden");
        assertThat(sandbox.records().evidence(INTENT))
                .singleElement()
                .satisfies(kept -> assertThat(kept.signingVersion()).isEqualTo(1));
    }

    /** They never complete a decision, so their questions hold no money. */
    @Test
    void theFirstKitsEatNoBudgetByAsking() {
        TestClient client = direct(exchange());
        String token = client.post("/intents", body("intent_2")).text("capability_token");

        for (int i = 0; i < 3; i++) {
            assertAllowed(client.post("/verify", question(INTENT, token, TOOL, 100)));
        }
    }

    @Test
    void theFirstKitsRotateTheirTokenWhenForced() {
        Answer first = exchange();
        Answer second = exchange();

        assertThat(second.text("access_token")).isNotEqualTo(first.text("access_token"));
        assertStatus(direct(second).get("/ledger/v1/tip"), 200);
    }

    /** Item 4: 0.6.1 straight to Harbor; evidence of either generation follows, since that changed on its own. */
    @ParameterizedTest
    @CsvSource({"evidence_1,1", "evidence_2,2"})
    void kit0_6SignsItsRailInTheFixedCoding(String evidence, int version) {
        TestClient client = direct(exchange());
        assertStatus(client.post("/intents", body("intent_4_fixed")), 201);

        assertStatus(client.post("/intents/" + INTENT + "/evidence", body(evidence)), 200);
        assertThat(sandbox.records().evidence(INTENT))
                .singleElement()
                .satisfies(kept -> assertThat(kept.signingVersion()).isEqualTo(version));
    }

    /** Item 4: 0.10.0 sends the same through the Gateway, with the key and a proof. */
    @Test
    void kit0_10SendsTheFixedCodingThroughTheGateway() {
        assertStatus(proven(RecognitionPurpose.INTENT_CREATE, "/harbor/intents", body("intent_4_fixed")), 201);
        assertStatus(
                proven(
                        RecognitionPurpose.EVIDENCE_SUBMIT,
                        "/harbor/intents/" + INTENT + "/evidence",
                        body("evidence_1")),
                200);
    }

    /** One digit of a recorded body altered: no generation's signature covers it then. */
    @ParameterizedTest
    @ValueSource(strings = {"intent_2", "intent_4_fixed", "intent_6"})
    void noGenerationIsTakenWithAnotherAmount(String body) {
        Answer answer =
                direct(exchange()).post("/intents", body(body).replace("\"amount_cents\":100", "\"amount_cents\":101"));

        assertStatus(answer, 400);
        assertThat(answer.code()).isEqualTo("intent.signature.invalid");
    }

    /** Item 5: a kit sends the same proof again after a 503; no nonce may have been spent by then. */
    @Test
    void aKitsOwnRetryCarriesTheProofThatItSentBefore() {
        sandbox.faults().onNext(SandboxRoute.INTENT_CREATE, Fault.status(503));
        String proof = proof(RecognitionPurpose.INTENT_CREATE, "/harbor/intents", body("intent_6"));
        TestClient client = harbor.with(RecognitionProof.HEADER, proof);

        assertStatus(client.post("/harbor/intents", body("intent_6")), 503);
        assertStatus(client.post("/harbor/intents", body("intent_6")), 201);
    }

    /** Item 5: its reply was lost after the effect; under its key the retry is the same request. */
    @Test
    void aKitsRetryAfterALostReplyIsTheSameRequest() {
        sandbox.faults().onNext(SandboxRoute.INTENT_CREATE, Fault.status(502).afterHandling());
        TestClient client = harbor.with("idempotency-key", "create-1")
                .with(
                        RecognitionProof.HEADER,
                        proof(RecognitionPurpose.INTENT_CREATE, "/harbor/intents", body("intent_6")));

        assertStatus(client.post("/harbor/intents", body("intent_6")), 502);
        assertStatus(client.post("/harbor/intents", body("intent_6")), 201);
    }

    /** Item 5: the same proof with a request of its own is a replay. */
    @Test
    void aProofServesNoSecondRequest() {
        String path = "/harbor/intents/" + INTENT + "/fund";
        assertStatus(proven(RecognitionPurpose.INTENT_CREATE, "/harbor/intents", body("intent_6_x402")), 201);
        TestClient client = harbor.with("payment-signature", "s")
                .with(RecognitionProof.HEADER, proof(RecognitionPurpose.INTENT_FUND, path, "{}"));
        assertStatus(client.post(path, "{}"), 202);

        Answer replay = client.post(path, "{}");
        assertStatus(replay, 409);
        assertThat(replay.code()).isEqualTo("recognition_nonce_replayed");
    }

    /** Item 5: one key, two bodies. */
    @Test
    void anIdempotencyKeyIsForOneBody() {
        TestClient client = direct(exchange()).with("idempotency-key", "key-1");
        assertStatus(client.post("/intents", body("intent_2")), 201);

        assertStatus(client.post("/intents", body("intent_2_with_rail")), 409);
    }

    /** Item 5: 401 in the middle of a session; the key buys a new token and the session goes on. */
    @Test
    void aTokenThatRanOutIsExchangedForAnother() {
        TestClient client = direct(exchange());
        assertStatus(client.get("/ledger/v1/tip"), 200);

        clock.advance(Duration.ofSeconds(901));
        assertStatus(client.get("/ledger/v1/tip"), 401);
        assertStatus(direct(exchange()).get("/ledger/v1/tip"), 200);
    }

    /** Item 5: what a careful client must not believe. */
    @Test
    void theKnobsLieInEveryWayThatAKitIsTriedWith() {
        TestClient client = direct(exchange());
        String token = client.post("/intents", body("intent_2")).text("capability_token");
        String question = question(INTENT, token, TOOL, 0);
        List.of(Fault.wrongTenantEcho(), Fault.wrongIntentEcho(), Fault.allowAsString(), Fault.expireToken())
                .forEach(fault -> sandbox.faults().onNext(SandboxRoute.VERIFY, fault));

        assertThat(client.post("/verify", question).text("tenant")).isNotEqualTo("tenant-golden");
        assertThat(client.post("/verify", question).text("intent_id")).isNotEqualTo(INTENT);
        assertThat(client.post("/verify", question).text("allow")).isNotEmpty();
        assertStatus(client.post("/verify", question), 401);
        assertAllowed(client.post("/verify", question));
    }
}
