package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.API_KEY;
import static ai.paybond.kit.harbor.TestSessions.INTENT;
import static ai.paybond.kit.harbor.TestSessions.NOW;
import static ai.paybond.kit.harbor.TestSessions.SIGNER;
import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.CapabilityRequest;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.HolderProof;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionExpectation;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import ai.paybond.kit.wire.recognition.RecognitionVerdict;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What goes over the wire: method, path, headers and body bytes, for both generations of sessions. */
class GoldenRequestTest {
    private final ScriptedMachine machine = new ScriptedMachine();
    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedRequest sentBy(Operation operation, HarborSession session) {
        server.answer(200, operation.goodReply().toJson());
        operation.run(session);
        return server.next();
    }

    private static void assertRequest(RecordedRequest request, String line, String bearer) {
        assertThat(request.getRequestLine()).isEqualTo(line + " HTTP/1.1");
        assertThat(request.getHeaders().get("authorization")).isEqualTo("Bearer " + bearer);
        assertThat(request.getHeaders().get("accept")).isEqualTo("application/json");
    }

    private static void assertWrite(RecordedRequest request, String body) {
        assertThat(request.getHeaders().get("content-type")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("idempotency-key")).isNotBlank();
        assertThat(request.getBody().utf8()).isEqualTo(body);
    }

    private static String intentBody(IntentVersion version) {
        return TestSessions.intent()
                .build()
                .statement(TENANT)
                .sign(SIGNER, version)
                .bodyJson();
    }

    @Nested
    class ThroughTheGateway {
        private final HarborSession session = TestSessions.gateway(server, machine);

        @AfterEach
        void close() {
            session.close();
        }

        private void assertProven(RecordedRequest request, RecognitionPurpose purpose, String path) {
            RecognitionProof proof =
                    RecognitionProof.fromHeader(request.getHeaders().get(RecognitionProof.HEADER));
            RecognitionVerdict verdict = proof.verify(new RecognitionExpectation(
                    TENANT,
                    purpose,
                    "POST",
                    path,
                    request.getBody().toByteArray(),
                    SIGNER.publicKey(),
                    Clock.fixed(NOW, ZoneOffset.UTC)));
            assertThat(verdict).isEqualTo(RecognitionVerdict.VALID);
            assertThat(proof.keyId()).isEqualTo("agent-key-1");
            assertThat(proof.issuedAt()).isEqualTo(NOW.minusSeconds(60));
            assertThat(proof.expiresAt()).isEqualTo(NOW.plusSeconds(180));
        }

        @Test
        void verifiesAtTheRoot() {
            RecordedRequest request = sentBy(Operation.VERIFY, session);

            assertRequest(request, "POST /verify", API_KEY);
            assertThat(request.getHeaders().get("x-tenant-id")).isEqualTo(TENANT);
            assertThat(request.getHeaders().get("idempotency-key")).isEqualTo("id-1");
            assertThat(request.getHeaders().get(RecognitionProof.HEADER)).isNull();
            assertThat(request.getHeaders().get(HolderProof.HEADER)).isNull();
            assertWrite(request, """
                    {"intent_id":"550e8400-e29b-41d4-a716-446655440000","token":"c2VjcmV0LWNhcGFiaWxpdHk=",\
                    "operation":"travel.book_hotel","requested_spend_cents":18700,"idempotency_key":"id-1"}""");
        }

        @Test
        void sendsEveryKnownMemberOfAQuestion() {
            server.answer(200, Operation.VERIFY.goodReply().toJson());
            session.harbor()
                    .verify(VerifyRequest.builder(INTENT, CapabilityToken.of("t"), "op")
                            .currency("usd")
                            .toolCallId("call-7")
                            .toolName("book_hotel")
                            .vendorId("vendor")
                            .taskId("task")
                            .workflowId("flow")
                            .agentSubject("agent")
                            .modelFamily("model")
                            .configHash("cd".repeat(32))
                            .promptHash("ef".repeat(32))
                            .arguments(JsonObject.parse("{\"city\":\"Paris\"}"))
                            .argumentsHash("ab".repeat(32))
                            .approvalToken(ApprovalToken.of("approval"))
                            .idempotencyKey("key-7")
                            .build());

            assertWrite(server.next(), """
                    {"intent_id":"550e8400-e29b-41d4-a716-446655440000","token":"t","operation":"op",\
                    "requested_spend_cents":0,"currency":"usd","tool_call_id":"call-7","tool_name":"book_hotel",\
                    "vendor_id":"vendor","task_id":"task","workflow_id":"flow","agent_subject":"agent",\
                    "model_family":"model","config_hash_hex":"%s","prompt_hash_hex":"%s",\
                    "arguments":{"city":"Paris"},"arguments_hash_hex":"%s",\
                    "approval_token":"approval","idempotency_key":"key-7"}""".formatted("cd".repeat(32), "ef".repeat(32), "ab".repeat(32)));
        }

        @Test
        void showsAnotherProofOfTheHolderInEveryAttemptAndNoOtherBytes() {
            CapabilityRequest call = new CapabilityRequest(TENANT, INTENT, "op", 0, null, JsonObject.parse("{}"));
            Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
            SecureRandom random = new SecureRandom();
            server.answer(503, "").answer(200, Operation.VERIFY.goodReply().toJson());
            session.harbor()
                    .verify(VerifyRequest.builder(INTENT, CapabilityToken.of("t"), "op")
                            .argumentsSha256("ab".repeat(32))
                            .holderProof(() -> HolderProof.sign(SIGNER, call, clock, random))
                            .build());
            RecordedRequest first = server.next();
            RecordedRequest second = server.next();

            String header = "x-paybond-holder-proof";
            assertThat(first.getHeaders().get(header))
                    .hasSize(160)
                    .isNotEqualTo(second.getHeaders().get(header));
            assertThat(HolderProof.parse(second.getHeaders().get(header)).holder())
                    .isEqualTo(SIGNER.publicKey());
            assertThat(first.getHeaders().get("idempotency-key"))
                    .isEqualTo(second.getHeaders().get("idempotency-key"));
            String body = """
                    {"intent_id":"550e8400-e29b-41d4-a716-446655440000","token":"t","operation":"op",\
                    "requested_spend_cents":0,"arguments_sha256_hex":"%s","idempotency_key":"id-1"}""".formatted("ab".repeat(32));
            assertWrite(first, body);
            assertWrite(second, body);
        }

        @Test
        void createsIntentsOfGenerationSix() {
            RecordedRequest request = sentBy(Operation.CREATE, session);

            assertRequest(request, "POST /harbor/intents", API_KEY);
            assertThat(request.getHeaders().get("x-tenant-id")).isEqualTo(TENANT);
            assertWrite(request, intentBody(IntentVersion.V6));
            assertProven(request, RecognitionPurpose.INTENT_CREATE, "/harbor/intents");
        }

        @Test
        void funds() {
            server.answer(200, Operation.FUND.goodReply().toJson());
            session.harbor()
                    .fund(FundRequest.of(INTENT).withPaymentSignature("signed").withIdempotencyKey("fund-1"));
            RecordedRequest request = server.next();

            String path = "/harbor/intents/" + INTENT + "/fund";
            assertRequest(request, "POST " + path, API_KEY);
            assertWrite(request, "{}");
            assertThat(request.getHeaders().get("payment-signature")).isEqualTo("signed");
            assertThat(request.getHeaders().get("idempotency-key")).isEqualTo("fund-1");
            assertProven(request, RecognitionPurpose.INTENT_FUND, path);
        }

        @Test
        void submitsEvidenceOfGenerationTwo() {
            SignedEvidence evidence = session.intents()
                    .sign(EvidenceSubmission.of(
                            INTENT, JsonObject.of(Map.of("booked", true)), "did:web:example.com#booker", SIGNER));
            server.answer(200, Operation.EVIDENCE.goodReply().toJson());
            session.intents().submitEvidence(evidence, "evidence-1");
            RecordedRequest request = server.next();

            String path = "/harbor/intents/" + INTENT + "/evidence";
            assertThat(evidence).isEqualTo(TestSessions.evidence(EvidenceVersion.V2));
            assertRequest(request, "POST " + path, API_KEY);
            assertWrite(request, evidence.bodyJson());
            assertThat(request.getHeaders().get("idempotency-key")).isEqualTo("evidence-1");
            assertProven(request, RecognitionPurpose.EVIDENCE_SUBMIT, path);
        }

        @Test
        void sendsStoredEvidenceCharacterForCharacter() {
            server.answer(200, Operation.EVIDENCE.goodReply().toJson());

            session.harbor().submitSignedBody(INTENT, "{ \"payload\" : 1.0 }", null);

            assertWrite(server.next(), "{ \"payload\" : 1.0 }");
        }

        @Test
        void confirmsSettlement() {
            RecordedRequest request = sentBy(Operation.CONFIRM, session);

            String path = "/harbor/intents/" + INTENT + "/settlement/confirm";
            assertRequest(request, "POST " + path, API_KEY);
            assertWrite(request, "{}");
            assertProven(request, RecognitionPurpose.SETTLEMENT_CONFIRM, path);
        }

        @Test
        void provesEveryAttemptAfreshUnderOneIdempotencyKey() {
            server.answer(503, "").answer(200, Operation.EVIDENCE.goodReply().toJson());
            Operation.EVIDENCE.run(session);

            List<RecordedRequest> attempts = server.all();
            assertThat(attempts).hasSize(2);
            assertThat(attempts)
                    .extracting(request -> request.getHeaders().get("idempotency-key"))
                    .containsExactly("id-1", "id-1");
            assertThat(attempts)
                    .extracting(request -> RecognitionProof.fromHeader(
                                    request.getHeaders().get(RecognitionProof.HEADER))
                            .nonce())
                    .containsExactly("id-2", "id-3");
            assertThat(attempts.get(0).getBody()).isEqualTo(attempts.get(1).getBody());
        }

        @Test
        void completesDecisions() {
            server.answer(200, "not even JSON");
            session.harbor().completeDecision("77aa-1", SpendOutcome.CONSUMED);
            RecordedRequest request = server.next();

            assertRequest(request, "POST /v1/spend/decisions/77aa-1/complete", API_KEY);
            assertThat(request.getHeaders().get("x-tenant-id")).isEqualTo(TENANT);
            assertThat(request.getHeaders().get("idempotency-key")).isEqualTo("decision:77aa-1:consumed");
            assertWrite(request, "{\"outcome\":\"consumed\"}");
        }

        @Test
        void readsIntents() {
            RecordedRequest request = sentBy(Operation.DETAIL, session);

            assertRequest(request, "GET /harbor/operator/v1/intents/" + INTENT, API_KEY);
            assertThat(request.getHeaders().get("x-tenant-id")).isEqualTo(TENANT);
            assertThat(request.getHeaders().get("content-type")).isNull();
            assertThat(request.getHeaders().get("idempotency-key")).isNull();
            assertThat(request.getBodySize()).isZero();
        }

        @Test
        void bootstrapsWithoutNamingATenant() {
            server.answer(200, Operation.BOOTSTRAP.goodReply().toJson());
            session.guardrails()
                    .bootstrap(BootstrapRequest.of("travel.book_hotel", 100)
                            .withCurrency("usd")
                            .withCompletionPreset("api_response_ok"));
            RecordedRequest request = server.next();

            assertRequest(request, "POST /v1/sandbox/guardrails/bootstrap", API_KEY);
            assertThat(request.getHeaders().get("x-tenant-id")).isNull();
            assertThat(request.getHeaders().get(RecognitionProof.HEADER)).isNull();
            assertWrite(request, """
                    {"operation":"travel.book_hotel","requested_spend_cents":100,"currency":"usd",\
                    "completion_preset":"api_response_ok"}""");
        }

        @Test
        void submitsGuardrailEvidenceWithoutNamingATenant() {
            RecordedRequest request = sentBy(Operation.GUARDRAIL_EVIDENCE, session);

            assertRequest(request, "POST /v1/sandbox/guardrails/" + INTENT + "/evidence", API_KEY);
            assertThat(request.getHeaders().get("x-tenant-id")).isNull();
            assertWrite(request, "{\"payload\":{\"ok\":true}}");
        }
    }

    @Nested
    class DirectToHarbor {
        private final HarborSession session = TestSessions.direct(server, machine);

        @AfterEach
        void close() {
            session.close();
        }

        private void assertDirect(RecordedRequest request, String line) {
            assertRequest(request, line, "jwt-1");
            assertThat(request.getHeaders().get("x-tenant-id")).isEqualTo(TENANT);
            assertThat(request.getHeaders().get(RecognitionProof.HEADER)).isNull();
        }

        @Test
        void verifies() {
            assertDirect(sentBy(Operation.VERIFY, session), "POST /verify");
        }

        @Test
        void createsIntentsOfGenerationTwo() {
            RecordedRequest request = sentBy(Operation.CREATE, session);

            assertDirect(request, "POST /intents");
            assertWrite(request, intentBody(IntentVersion.V2));
        }

        @Test
        void createsIntentsOfTheGenerationAskedFor() {
            server.answer(200, Operation.CREATE.goodReply().toJson());
            session.intents()
                    .create(TestSessions.intent()
                            .version(IntentVersion.V4_FIXED)
                            .build());

            assertWrite(server.next(), intentBody(IntentVersion.V4_FIXED));
        }

        @Test
        void funds() {
            RecordedRequest request = sentBy(Operation.FUND, session);

            assertDirect(request, "POST /intents/" + INTENT + "/fund");
            assertWrite(request, "{}");
        }

        @Test
        void submitsEvidenceOfGenerationOne() {
            server.answer(200, Operation.EVIDENCE.goodReply().toJson());
            session.intents()
                    .submitEvidence(EvidenceSubmission.of(
                            INTENT, JsonObject.of(Map.of("booked", true)), "did:web:example.com#booker", SIGNER));
            RecordedRequest request = server.next();

            assertDirect(request, "POST /intents/" + INTENT + "/evidence");
            assertWrite(request, TestSessions.evidence(EvidenceVersion.V1).bodyJson());
            assertThat(request.getHeaders().get("idempotency-key")).startsWith("evidence:");
        }

        @Test
        void confirmsSettlement() {
            RecordedRequest request = sentBy(Operation.CONFIRM, session);

            assertDirect(request, "POST /intents/" + INTENT + "/settlement/confirm");
            assertWrite(request, "{}");
        }

        @Test
        void readsTheLedger() {
            assertDirect(sentBy(Operation.LEDGER_TIP, session), "GET /ledger/v1/tip");
            assertDirect(sentBy(Operation.LEDGER_EVENTS, session), "GET /ledger/v1/events?after_seq=0&limit=10");
            assertDirect(sentBy(Operation.LEDGER_AUTHORITY, session), "GET /ledger/v1/authority");
        }

        @Test
        void completesDecisionsAtTheGatewayWithTheApiKey() {
            server.answer(200, "{}");
            session.harbor().completeDecision("77aa", SpendOutcome.RELEASED);

            assertRequest(server.next(), "POST /v1/spend/decisions/77aa/complete", API_KEY);
        }

        @Test
        void bootstrapsAtTheGatewayWithTheApiKey() {
            assertRequest(sentBy(Operation.BOOTSTRAP, session), "POST /v1/sandbox/guardrails/bootstrap", API_KEY);
        }
    }

    @Nested
    class Funding {
        private final HarborSession session = TestSessions.gateway(server, machine);

        @AfterEach
        void close() {
            session.close();
        }

        @Test
        void takesA402ForAChallengeAndNotForAnError() {
            server.answer(reply -> reply.code(402)
                    .setHeader("payment-required", "challenge")
                    .body(Operation.FUND.goodReply().with("funded", false).toJson()));

            FundedIntent funded = session.harbor().fund(FundRequest.of(INTENT));

            assertThat(funded.status()).isEqualTo(FundedIntent.Status.PAYMENT_REQUIRED);
            assertThat(funded.paymentChallenge()).isEqualTo("challenge");
            assertThat(funded.funded()).isFalse();
        }

        @Test
        void takesA202ForPending() {
            server.answer(202, Operation.FUND.goodReply().toJson());

            assertThat(session.harbor().fund(FundRequest.of(INTENT)).status()).isEqualTo(FundedIntent.Status.PENDING);
        }
    }
}
