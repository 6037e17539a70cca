package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.API_KEY;
import static ai.paybond.kit.harbor.TestSessions.INTENT;
import static ai.paybond.kit.harbor.TestSessions.OPERATOR;
import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.audit.AuditExportRequest;
import ai.paybond.kit.audit.AuditExportRequest.Tier;
import ai.paybond.kit.fraud.ReviewEvent;
import ai.paybond.kit.fraud.ReviewEvent.Outcome;
import ai.paybond.kit.fraud.ReviewFilter;
import ai.paybond.kit.fraud.ReviewFilter.Severity;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.protocol.MandateImport;
import ai.paybond.kit.run.AgentRun;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the platform's clients send: method, target, headers and body bytes, the same for both generations of sessions. */
class GoldenPlatformRequestTest {
    private static final String DID = "did%3Aweb%3Avendor.example";

    /** Calls that say {@code x-tenant-id}; the others leave it to the key. */
    private static final Set<Operation> NAMING_TENANT = EnumSet.of(
            Operation.SPEND_POLICY,
            Operation.SPEND_DECISIONS,
            Operation.SPEND_RESERVATIONS,
            Operation.MANDATE_IMPORT,
            Operation.MANDATE_VERIFY,
            Operation.RECOGNITION_VERIFY,
            Operation.SETTLEMENT_RECEIPT,
            Operation.SETTLEMENT_RECEIPT_VERIFY,
            Operation.AGENT_RECEIPT,
            Operation.AGENT_RECEIPTS,
            Operation.AGENT_RECEIPT_VERIFY,
            Operation.INCLUSION_PROOF,
            Operation.TREE_HEAD,
            Operation.RUN_PUT,
            Operation.RUN_EVENTS_ADD,
            Operation.RUNS,
            Operation.RUN_DETAIL,
            Operation.RUN_EVENTS);

    private static final Set<Operation> ANONYMOUS =
            EnumSet.of(Operation.A2A_CARD, Operation.A2A_CONTRACTS, Operation.A2A_CONTRACT);

    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, new ScriptedMachine());

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                sent(Operation.SPEND_POLICY, "GET /v1/admin/spend-controls/policy", null),
                sent(Operation.SPEND_DECISIONS, "GET /v1/admin/spend-controls/decisions?limit=50&offset=0", null),
                sent(Operation.SPEND_RESERVATIONS, "GET /v1/admin/spend-controls/reservations?limit=50&offset=0", null),
                sent(Operation.SIGNAL_RECEIPT, "GET /reputation/" + DID, null),
                sent(Operation.SIGNAL_EXPLANATION, "GET /signal/v1/operators/" + DID + "/explanation", null),
                sent(Operation.SIGNAL_REVIEW_STATUS, "GET /signal/v1/operators/" + DID + "/review-status", null),
                sent(Operation.SIGNAL_PORTFOLIO, "GET /signal/v1/portfolio/summary", null),
                sent(Operation.SIGNAL_PORTFOLIO_EXPORT, "GET /signal/v1/portfolio/signed-export", null),
                sent(Operation.FRAUD_ASSESSMENT, "GET /signal/v1/operators/" + DID + "/review-status", null),
                sent(Operation.FRAUD_REVIEW_EVENT, "POST /signal/v1/operators/" + DID + "/review-events", """
                        {"event_type":"review_open_requested","summary":"look"}"""),
                sent(Operation.FRAUD_QUEUE, "GET /signal/v1/review-queue", null),
                sent(Operation.FRAUD_METRICS, "GET /signal/v1/fraud/metrics?window=7d", null),
                sent(Operation.FRAUD_GATE, "GET /signal/v1/fraud/release-gate", null),
                sent(Operation.FRAUD_GATE_SET, "PUT /signal/v1/fraud/release-gate", "{\"mode\":\"critical_hold\"}"),
                sent(Operation.A2A_CARD, "GET /.well-known/agent-card.json", null),
                sent(Operation.A2A_CONTRACTS, "GET /protocol/v2/a2a/task-contracts", null),
                sent(Operation.A2A_CONTRACT, "GET /protocol/v2/a2a/task-contracts/c-1", null),
                sent(Operation.MANDATE_IMPORT, "POST /protocol/v2/mandates", """
                        {"signed_mandate":{"a":1},"intent_id":"%s","transport_binding":{}}""".formatted(INTENT)),
                sent(Operation.MANDATE_VERIFY, "POST /protocol/v2/mandates/verify", "{\"a\":1}"),
                sent(Operation.SETTLEMENT_RECEIPT, "GET /protocol/v2/receipts/" + INTENT, null),
                sent(Operation.SETTLEMENT_RECEIPT_VERIFY, "POST /protocol/v2/receipts/verify", """
                        {"receipt_id":"r-1"}"""),
                sent(Operation.AGENT_RECEIPT, "GET /protocol/v2/agent-receipts/r-1", null),
                sent(Operation.AGENT_RECEIPTS, "GET /protocol/v2/agent-receipts?intent_id=" + INTENT, null),
                sent(Operation.AGENT_RECEIPT_VERIFY, "POST /protocol/v2/agent-receipts/verify", """
                        {"receipt_id":"r-1"}"""),
                sent(Operation.INCLUSION_PROOF, "GET /protocol/v2/agent-receipts/r-1/inclusion-proof", null),
                sent(Operation.TREE_HEAD, "GET /protocol/v2/transparency/tree-head", null),
                sent(Operation.RUN_PUT, "PUT /v1/agent-runs/r1", """
                        {"intent_id":"%s","operation":"","sandbox":false,"allowed_tools":[],"completion_preset":""}""".formatted(INTENT)),
                sent(Operation.RUN_EVENTS_ADD, "POST /v1/agent-runs/r1/trace-events", """
                        {"events":[{"type":"tool_selected","runId":"r1","toolCallId":"call-7",\
                        "operation":"travel.book_hotel","toolName":"book_hotel",\
                        "recordedAt":"2026-06-30T12:00:00.000Z"}]}"""),
                sent(Operation.RUNS, "GET /v1/agent-runs?limit=50&offset=0", null),
                sent(Operation.RUN_DETAIL, "GET /v1/agent-runs/r1", null),
                sent(Operation.RUN_EVENTS, "GET /v1/agent-runs/r1/trace-events", null),
                sent(Operation.AUDIT_CREATE, "POST /v1/compliance/audit-exports", """
                        {"filter":{},"disclosure_tier":"standard"}"""),
                sent(Operation.AUDIT_LIST, "GET /v1/compliance/audit-exports", null),
                sent(Operation.AUDIT_GET, "GET /v1/compliance/audit-exports/j-1", null),
                sent(Operation.AUDIT_DELETE, "DELETE /v1/compliance/audit-exports/j-1", null));
    }

    private static Arguments sent(Operation operation, String line, @Nullable String body) {
        return Arguments.of(operation, line, body);
    }

    private static void assertSent(RecordedRequest request, Operation operation, String line, @Nullable String body) {
        assertThat(request.getRequestLine()).isEqualTo(line + " HTTP/1.1");
        assertThat(request.getHeaders().get("accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("authorization"))
                .isEqualTo(ANONYMOUS.contains(operation) ? null : "Bearer " + API_KEY);
        assertThat(request.getHeaders().get("x-tenant-id"))
                .isEqualTo(NAMING_TENANT.contains(operation) ? TENANT : null);
        assertThat(request.getHeaders().get("content-type")).isEqualTo(body == null ? null : "application/json");
        assertThat(request.getHeaders().get(RecognitionProof.HEADER)).isNull();
        assertThat(request.getBody() == null ? "" : request.getBody().utf8()).isEqualTo(body == null ? "" : body);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void throughTheGateway(Operation operation, String line, @Nullable String body) {
        server.answer(200, operation.goodReply().toJson());
        operation.run(session);

        assertSent(server.next(), operation, line, body);
    }

    /** These are the Gateway's own routes: a session that reaches Harbor directly sends the very same, with the API key. */
    @ParameterizedTest
    @MethodSource("requests")
    void besideDirectHarbor(Operation operation, String line, @Nullable String body) {
        try (HarborSession direct = TestSessions.direct(server, new ScriptedMachine())) {
            server.answer(200, operation.goodReply().toJson());
            operation.run(direct);

            assertSent(server.next(), operation, line, body);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INTENT_LIST", "LEDGER_CHECKPOINT", "LEDGER_PROOF", "LEDGER_VERIFY"})
    void readsOfHarborGoToHarborWithItsToken(Operation operation) {
        try (HarborSession direct = TestSessions.direct(server, new ScriptedMachine())) {
            server.answer(200, operation.goodReply().toJson());
            operation.run(direct);

            RecordedRequest request = server.next();
            assertThat(request.getTarget()).startsWith(operation.route().template());
            assertThat(request.getHeaders().get("authorization")).isEqualTo("Bearer jwt-1");
            assertThat(request.getHeaders().get("x-tenant-id")).isEqualTo(TENANT);
        }
    }

    @Test
    void sendsEveryMemberOfAFilter() {
        server.answer(200, Operation.INTENT_LIST.goodReply().toJson());
        session.harbor()
                .intents(IntentFilter.all().inState("funded").ofOperator(OPERATOR))
                .toList();
        assertThat(server.next().getTarget())
                .isEqualTo("/harbor/operator/v1/intents?status=funded&operator_did=did%3Aweb%3Avendor.example");

        server.answer(200, Operation.FRAUD_QUEUE.goodReply().toJson());
        session.fraud()
                .scoreVersion("1.0")
                .reviewQueue(ReviewFilter.all()
                        .inState("open")
                        .withSeverity(Severity.HIGH)
                        .limitedTo(7));
        assertThat(server.next().getTarget())
                .isEqualTo("/signal/v1/review-queue?state=open&fraud_severity=high&limit=7&score_version=1.0");
    }

    @Test
    void sendsEveryMemberOfAReviewEvent() {
        server.answer(202, Operation.FRAUD_REVIEW_EVENT.goodReply().toJson());
        session.fraud()
                .recordReview(
                        OPERATOR,
                        ReviewEvent.outcome(Outcome.FALSE_POSITIVE, " checked ")
                                .aboutSignal("REFUND_BURST")
                                .aboutIntent(INTENT)
                                .aboutProviderEvent("evt_1"));

        assertThat(server.next().getBody().utf8()).isEqualTo("""
                {"event_type":"review_outcome_recorded","review_outcome":"false_positive",\
                "signal_code":"REFUND_BURST","intent_id":"%s","provider_event_id":"evt_1","summary":"checked"}""".formatted(INTENT));
    }

    @Test
    void sendsEveryMemberOfAnExport() {
        server.answer(201, Operation.AUDIT_CREATE.goodReply().toJson());
        session.audit()
                .create(AuditExportRequest.everything()
                        .between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"))
                        .ofIntent(INTENT)
                        .ofCase("case-1")
                        .ofOperator(OPERATOR)
                        .including("signal", "disputes")
                        .atTier(Tier.EXTENDED)
                        .keptForHours(24));

        assertThat(server.next().getBody().utf8()).isEqualTo("""
                {"filter":{"time_start":"2026-01-01T00:00:00Z","time_end":"2026-02-01T00:00:00Z","intent_id":"%s",\
                "case_id":"case-1","operator_did":"did:web:vendor.example","includes":["signal","disputes"]},\
                "disclosure_tier":"extended","retention_hours":24}""".formatted(INTENT));
    }

    @Test
    void sendsEveryMemberOfARun() {
        server.answer(200, "{}");
        session.agentRuns()
                .announce(AgentRun.of("run 1/ü", INTENT)
                        .withOperation("op")
                        .inSandbox()
                        .withAllowedTools(List.of("a"))
                        .withCompletionPreset("cost_and_completion"));
        RecordedRequest request = server.next();

        assertThat(request.getTarget()).isEqualTo("/v1/agent-runs/run%201%2F%C3%BC");
        assertThat(request.getBody().utf8()).isEqualTo("""
                {"intent_id":"%s","operation":"op","sandbox":true,"allowed_tools":["a"],\
                "completion_preset":"cost_and_completion"}""".formatted(INTENT));
    }

    @Test
    void putsTheProofOfAnImportIntoItsBody() {
        MandateImport unproved = MandateImport.of(JsonObject.of(Map.of("a", 1)), INTENT)
                .withTransportBinding(JsonObject.of(Map.of("source_protocol", "ap2")));
        RecognitionProof proof = PlatformReplies.proof();
        server.answer(200, Operation.MANDATE_IMPORT.goodReply().toJson());

        session.protocol().importMandate(unproved.withProof(proof));

        JsonObject body = JsonObject.parse(server.next().getBody().utf8());
        assertThat(body.object("recognition_proof")).contains(proof.toJson());
        assertThat(body.without("recognition_proof").toJson().getBytes(StandardCharsets.UTF_8))
                .isEqualTo(unproved.bodyWithoutProof());
    }

    @Test
    void asksAboutAProofForTheSessionsOwnTenantOnly() {
        server.answer(200, "{\"valid\":true}");
        session.protocol().verifyRecognition(PlatformReplies.proof(), PlatformReplies.REQUEST);

        JsonObject body = JsonObject.parse(server.next().getBody().utf8());
        assertThat(body.members().keySet())
                .containsExactly("proof", "expected_purpose", "expected_verifier", "expected_request");
        assertThat(body.object("expected_verifier").orElseThrow().toJson())
                .isEqualTo("{\"tenant_id\":\"tenant-a\",\"verifier_id\":\"paybond-gateway\"}");
        assertThat(body.object("expected_request").orElseThrow().toJson())
                .isEqualTo("""
                        {"method":"POST","path":"/harbor/x","body_digest_sha256_hex":"%s"}""".formatted(PlatformReplies.REQUEST.bodyDigest().hex()));
    }
}
