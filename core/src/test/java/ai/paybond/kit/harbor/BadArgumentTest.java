package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.INTENT;
import static ai.paybond.kit.harbor.TestSessions.intent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.evidence.EvidenceStatement;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may do wrong: refused with a code before anything is sent. */
class BadArgumentTest {
    private static final JsonObject NOTHING = JsonObject.builder().build();

    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, new ScriptedMachine());
    private final HarborClient harbor = session.harbor();

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                .isEqualTo(code));
        assertThat(server.requests()).as("the opening only").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "intent-1", "../ledger/v1/tip", "550e8400-e29b-41d4-a716-446655440000/x", "550e8400"})
    void refusesIntentIdsThatAreNoUuids(String id) {
        assertRefused("intent_id.invalid", () -> harbor.intent(id));
        assertRefused("intent_id.invalid", () -> harbor.confirmSettlement(id, null));
        assertRefused("intent_id.invalid", () -> harbor.fund(FundRequest.of(id)));
        assertRefused("intent_id.invalid", () -> harbor.submitSignedBody(id, "{}", null));
        assertRefused(
                "intent_id.invalid",
                () -> harbor.verify(
                        VerifyRequest.builder(id, CapabilityToken.of("x"), "op").build()));
        assertRefused("intent_id.invalid", () -> session.guardrails()
                .submitEvidence(new GuardrailEvidence(id, NOTHING, null, null, null), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "line\nbreak", "ümlaut"})
    void refusesIdempotencyKeysThatAreNoHeader(String key) {
        assertRefused("idempotency_key.invalid", () -> harbor.confirmSettlement(INTENT, key));
    }

    @Test
    void refusesIdempotencyKeysOverTwoHundredAndFiftySixCharacters() {
        assertRefused("idempotency_key.invalid", () -> harbor.confirmSettlement(INTENT, "k".repeat(257)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "a b", "ü"})
    void refusesDecisionIdsThatCouldLeaveThePath(String id) {
        assertRefused("decision_id.invalid", () -> harbor.completeDecision(id, SpendOutcome.CONSUMED));
    }

    @Test
    void doesNothingForACallWithoutADecision() {
        harbor.completeDecision(null, SpendOutcome.CONSUMED);

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void refusesAPaymentSignatureThatIsNoHeader() {
        assertRefused(
                "payment_signature.invalid",
                () -> harbor.fund(FundRequest.of(INTENT).withPaymentSignature("a\nb")));
    }

    @Test
    void refusesANegativeSpend() {
        assertRefused("spend.invalid", () -> VerifyRequest.builder(INTENT, CapabilityToken.of("x"), "op")
                .requestedSpendCents(-1)
                .build());
    }

    @Test
    void refusesEvidenceSignedForAnotherTenant() {
        SignedEvidence evidence = new EvidenceStatement(
                        "tenant-b", INTENT, "did:p", NOTHING, List.of(), "2026-06-30T12:00:00Z")
                .sign(TestSessions.SIGNER, EvidenceVersion.V2);

        assertRefused("tenant.mismatch", () -> harbor.submitEvidence(evidence, null));
    }

    @ParameterizedTest
    @CsvSource({"-1, 10", "0, 0", "0, -1", "0, 257"})
    void refusesLedgerPagesOutOfRange(long after, int limit) {
        assertRefused("ledger.page_invalid", () -> harbor.ledgerEvents(after, limit));
    }

    @Test
    void refusesAnIntentWithoutTools() {
        assertRefused("tools.empty", () -> session.intents()
                .create(intent().allowedTools(List.of()).build()));
    }

    @Test
    void refusesAnIntentWithAnUnknownRail() {
        assertRefused("rail.unknown", () -> session.intents()
                .create(intent().settlementRail("cash").build()));
    }

    @Test
    void refusesEvidenceWithAMalformedArtifact() {
        EvidenceSubmission submission = EvidenceSubmission.of(INTENT, NOTHING, "did:p", TestSessions.SIGNER)
                .withArtifacts(List.of("abc"));

        assertRefused("artifact.hex", () -> session.intents().submitEvidence(submission));
    }

    @Test
    void refusesAPresetTogetherWithASchema() {
        BootstrapRequest request = BootstrapRequest.of("op", 1).withCompletionPreset("api_response_ok");

        assertRefused("guardrail.preset_and_schema", () -> request.withEvidenceSchema(NOTHING));
    }

    @Test
    void refusesAPresetTogetherWithATemplate() {
        BootstrapRequest request = BootstrapRequest.of("op", 1).withCompletionPreset("api_response_ok");

        assertRefused(
                "guardrail.preset_and_template",
                () -> request.withTemplate(new BootstrapRequest.Template("true_v1", NOTHING)));
    }
}
