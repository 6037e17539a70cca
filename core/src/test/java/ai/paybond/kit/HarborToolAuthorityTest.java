package ai.paybond.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceContext;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSeal;
import ai.paybond.kit.guard.AgentContext;
import ai.paybond.kit.guard.AuthorityUnreachableException;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.harbor.EvidenceReceipt;
import ai.paybond.kit.harbor.GatewayAuthException;
import ai.paybond.kit.harbor.GuardrailEvidence;
import ai.paybond.kit.harbor.HarborClient;
import ai.paybond.kit.harbor.HarborHttpException;
import ai.paybond.kit.harbor.HarborUnreachableException;
import ai.paybond.kit.harbor.ProtocolException;
import ai.paybond.kit.harbor.SandboxGuardrails;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.harbor.TenantBindingException;
import ai.paybond.kit.harbor.VerifyRequest;
import ai.paybond.kit.harbor.VerifyResult;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.DeliveryRejectedException;
import ai.paybond.kit.journal.SpendHold;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

class HarborToolAuthorityTest {
    private static final String TENANT = "tenant-a";
    private static final String INTENT = "550e8400-e29b-41d4-a716-446655440000";
    private static final String AUDIT = "b1c2d3e4-0000-4000-8000-000000000001";
    private static final JsonObject ARGUMENTS = JsonObject.parse("{\"hotel\":\"Lutetia\"}");
    private static final JsonObject NOTHING = JsonObject.builder().build();
    private static final EvidenceReceipt RECEIPT = new EvidenceReceipt(INTENT, "released", true, null, null, NOTHING);

    private final HarborClient harbor = mock(HarborClient.class);
    private final SandboxGuardrails guardrails = mock(SandboxGuardrails.class);
    private final HarborToolAuthority authority = new HarborToolAuthority(harbor, guardrails, ArgumentDisclosure.NONE);

    @BeforeEach
    void bindTheTenant() {
        when(harbor.tenantId()).thenReturn(TENANT);
    }

    private static AuthorizationRequest request(String tenant) {
        return new AuthorizationRequest(
                tenant,
                INTENT,
                CapabilityToken.of("secret-token"),
                "travel.book_hotel",
                18_700,
                "usd",
                "call-7",
                "book_hotel",
                ARGUMENTS,
                AgentContext.of("user-1").task("task-1", "flow-1").model("claude", "cd".repeat(32), "ef".repeat(32)),
                ApprovalToken.of("approval-secret"),
                "ab".repeat(32));
    }

    private static VerifyResult answer(boolean allow, @Nullable String code, List<String> reasons) {
        return new VerifyResult(
                allow, AUDIT, code, "because", "decision-1", "approval-1", reasons, 1300L, 60L, NOTHING);
    }

    private Decision decisionAfter(Throwable failure) {
        when(harbor.verify(any())).thenThrow(failure);
        return authority.authorize(request(TENANT));
    }

    private static void assertDenied(Decision decision, String code) {
        assertThat(decision).isInstanceOfSatisfying(Decision.Denied.class, denied -> {
            assertThat(denied.reason().code()).isEqualTo(code);
            assertThat(denied.reason().origin()).isEqualTo(DenyReason.Origin.REMOTE);
        });
    }

    private static HarborHttpException http(int status, boolean retryable) {
        return new HarborHttpException(status, "some_code", "POST", "/verify", null, retryable);
    }

    @Test
    void asksHarborWhatTheGuardAsks() {
        when(harbor.verify(any())).thenReturn(answer(true, null, List.of()));

        authority.authorize(request(TENANT));

        ArgumentCaptor<VerifyRequest> asked = ArgumentCaptor.forClass(VerifyRequest.class);
        verify(harbor).verify(asked.capture());
        assertThat(asked.getValue().intentId()).isEqualTo(INTENT);
        assertThat(asked.getValue().token()).isEqualTo(CapabilityToken.of("secret-token"));
        assertThat(asked.getValue().operation()).isEqualTo("travel.book_hotel");
        assertThat(asked.getValue().requestedSpendCents()).isEqualTo(18_700);
        assertThat(asked.getValue().idempotencyKey()).isEqualTo("ab".repeat(32));
    }

    @ParameterizedTest
    @EnumSource(ArgumentDisclosure.class)
    void tellsHarborOfTheArgumentsAsMuchAsTheOptionsSay(ArgumentDisclosure disclosure) {
        when(harbor.verify(any())).thenReturn(answer(true, null, List.of()));
        AuthorizationRequest request = request(TENANT);
        VerifyRequest.Builder expected = VerifyRequest.builder(INTENT, request.token(), "travel.book_hotel")
                .requestedSpendCents(18_700)
                .currency("usd")
                .toolCallId("call-7")
                .toolName("book_hotel")
                .agentSubject("user-1")
                .taskId("task-1")
                .workflowId("flow-1")
                .modelFamily("claude")
                .configHash("cd".repeat(32))
                .promptHash("ef".repeat(32))
                .approvalToken(ApprovalToken.of("approval-secret"))
                .idempotencyKey("ab".repeat(32));
        switch (disclosure) {
            case NONE -> {}
            case DIGEST ->
                expected.argumentsHash(Digest32.ofCanonical(ARGUMENTS).hex());
            case FULL -> expected.arguments(ARGUMENTS);
        }

        new HarborToolAuthority(harbor, guardrails, disclosure).authorize(request);

        ArgumentCaptor<VerifyRequest> asked = ArgumentCaptor.forClass(VerifyRequest.class);
        verify(harbor).verify(asked.capture());
        assertThat(asked.getValue()).usingRecursiveComparison().isEqualTo(expected.build());
    }

    @Test
    void allowsWhatHarborAllows() {
        when(harbor.verify(any())).thenReturn(answer(true, null, List.of()));

        assertThat(authority.authorize(request(TENANT))).isEqualTo(new Decision.Allowed(AUDIT, "decision-1", 1300L));
    }

    @Test
    void deniesWhatHarborDenies() {
        when(harbor.verify(any())).thenReturn(answer(false, "operation_not_allowed", List.of()));

        assertThat(authority.authorize(request(TENANT)))
                .isEqualTo(new Decision.Denied(DenyReason.remote("operation_not_allowed", "because"), AUDIT, 60L));
    }

    @Test
    void deniesWithAGeneralCodeWhatHarborDeniesWithoutOne() {
        when(harbor.verify(any())).thenReturn(answer(false, null, List.of()));

        assertDenied(authority.authorize(request(TENANT)), "authority.rejected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approval_required", "denied"})
    void holdsWhatHarborHolds(String code) {
        when(harbor.verify(any())).thenReturn(answer(false, code, List.of("approval_threshold_exceeded")));

        assertThat(authority.authorize(request(TENANT)))
                .isEqualTo(new Decision.ApprovalRequired(
                        "approval-1", "decision-1", DenyReason.remote("approval_required", "because")));
    }

    @Test
    void deniesWithoutAskingWhenTheGuardIsOfAnotherTenant() {
        Decision decision = authority.authorize(request("tenant-b"));

        assertThat(decision).isInstanceOfSatisfying(Decision.Denied.class, denied -> assertThat(
                        denied.reason().code())
                .isEqualTo("tenant.binding_mismatch"));
        verify(harbor, never()).verify(any());
    }

    @Test
    void deniesWhenHarborAnswersForAnotherTenant() {
        assertDenied(
                decisionAfter(new TenantBindingException("tenant.binding_mismatch", "tenant", TENANT, "tenant-b")),
                "tenant.binding_mismatch");
    }

    @Test
    void deniesWhenHarborAnswersForAnotherIntent() {
        assertDenied(
                decisionAfter(new TenantBindingException("intent.binding_mismatch", "intent", INTENT, "other")),
                "intent.binding_mismatch");
    }

    @Test
    void saysThatHarborIsOutOfReachAndNotThatItAnswered() {
        assertThatExceptionOfType(AuthorityUnreachableException.class)
                .isThrownBy(() -> decisionAfter(new HarborUnreachableException("harbor.timeout", "no reply", null)))
                .satisfies(e -> assertThat(e.code()).isEqualTo("authority.unreachable"));
    }

    @Test
    void anInterruptIsNoSignThatHarborIsOutOfReach() {
        Thread.currentThread().interrupt();
        try {
            assertDenied(
                    decisionAfter(new HarborUnreachableException("harbor.interrupted", "interrupted", null)),
                    "authority.unreachable");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void deniesWhenTheAnswerCannotBeUsed() {
        assertDenied(decisionAfter(new ProtocolException("reply.not_json", "not JSON")), "authority.protocol_error");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422})
    void deniesWhenHarborRejectsTheQuestion(int status) {
        assertDenied(decisionAfter(http(status, false)), "authority.rejected");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void deniesWhenHarborIsOutOfOrder(int status) {
        assertDenied(decisionAfter(http(status, true)), "authority.unreachable");
    }

    @Test
    void deniesWhenTheTokenCannotBeRenewed() {
        assertDenied(
                decisionAfter(new GatewayAuthException("invalid_api_key", "refused", 401, null)), "authority.rejected");
    }

    @Test
    void deniesAsUnreachableWhenTheTokenCannotBeRenewedJustNow() {
        assertDenied(decisionAfter(new GatewayAuthException("http_503", "down", 503, null)), "authority.unreachable");
    }

    private static SpendHold hold() {
        return new SpendHold(new CallKey(INTENT, "call-7"), "travel.book_hotel", 18_700, "decision-1");
    }

    private static EvidenceEnvelope envelope(String tenant, EvidenceSeal seal) {
        EvidenceContext context = new EvidenceContext(
                tenant, INTENT, "call-7", "book_hotel", "travel.book_hotel", 18_700, "decision-1", "evidence:key");
        String body = seal == EvidenceSeal.PAYEE_SIGNED ? "{ \"signed\" : 1.0 }" : null;
        JsonObject payload = JsonObject.of(Map.of("booked", true));
        return new EvidenceEnvelope(context, payload, "00".repeat(32), "2026-06-30T12:00:00Z", seal, body);
    }

    @Test
    void completesTheDecision() {
        authority.complete(hold(), SpendOutcome.CONSUMED);

        verify(harbor).completeDecision("decision-1", SpendOutcome.CONSUMED);
    }

    @Test
    void deliversSignedEvidenceCharacterForCharacter() {
        when(harbor.submitSignedBody(anyString(), anyString(), anyString())).thenReturn(RECEIPT);

        assertThat(authority.deliver(envelope(TENANT, EvidenceSeal.PAYEE_SIGNED)))
                .isEqualTo(new DeliveryReceipt("released", true));
        verify(harbor).submitSignedBody(INTENT, "{ \"signed\" : 1.0 }", "evidence:key");
    }

    @Test
    void deliversManagedEvidenceToTheGuardrails() {
        when(guardrails.submitEvidence(any(), anyString())).thenReturn(RECEIPT);

        authority.deliver(envelope(TENANT, EvidenceSeal.MANAGED));

        GuardrailEvidence sent = new GuardrailEvidence(
                INTENT, JsonObject.of(Map.of("booked", true)), "travel.book_hotel", 18_700L, null);
        verify(guardrails).submitEvidence(eq(sent), eq("evidence:key"));
    }

    @Test
    void deliversNoUnsignedEvidence() {
        assertThatThrownBy(() -> authority.deliver(envelope(TENANT, EvidenceSeal.OWED)))
                .isInstanceOf(PaybondException.class)
                .isNotInstanceOf(DeliveryRejectedException.class);
    }

    @Test
    void leavesAnotherTenantsEvidencePending() {
        assertThatThrownBy(() -> authority.deliver(envelope("tenant-b", EvidenceSeal.PAYEE_SIGNED)))
                .isInstanceOf(PaybondException.class)
                .isNotInstanceOf(DeliveryRejectedException.class);
        verify(harbor, never()).submitSignedBody(any(), any(), any());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 410, 413, 422})
    void parksWhatHarborWillNeverAccept(int status) {
        when(harbor.submitSignedBody(any(), any(), any())).thenThrow(http(status, false));

        assertThatThrownBy(() -> authority.deliver(envelope(TENANT, EvidenceSeal.PAYEE_SIGNED)))
                .isInstanceOfSatisfying(DeliveryRejectedException.class, e -> assertThat(e.code())
                        .isEqualTo("some_code"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 429, 500, 503})
    void keepsPendingWhatHarborMayAcceptLater(int status) {
        when(harbor.submitSignedBody(any(), any(), any())).thenThrow(http(status, false));

        assertThatThrownBy(() -> authority.deliver(envelope(TENANT, EvidenceSeal.PAYEE_SIGNED)))
                .isInstanceOf(HarborHttpException.class);
    }

    @Test
    void keepsPendingWhenTheReceiptCannotBeRead() {
        when(harbor.submitSignedBody(any(), any(), any()))
                .thenThrow(new ProtocolException("reply.truncated", "broke off"));

        assertThatThrownBy(() -> authority.deliver(envelope(TENANT, EvidenceSeal.PAYEE_SIGNED)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void parksEvidenceThatIsReceiptedForAnotherTenant() {
        when(harbor.submitSignedBody(any(), any(), any()))
                .thenThrow(new TenantBindingException("tenant.binding_mismatch", "tenant", TENANT, "tenant-b"));

        assertThatThrownBy(() -> authority.deliver(envelope(TENANT, EvidenceSeal.PAYEE_SIGNED)))
                .isInstanceOfSatisfying(DeliveryRejectedException.class, e -> assertThat(e.code())
                        .isEqualTo("tenant.binding_mismatch"));
    }

    @Test
    void parksACompletionThatConflicts() {
        doThrow(http(409, false)).when(harbor).completeDecision(any(), any());

        assertThatThrownBy(() -> authority.complete(hold(), SpendOutcome.RELEASED))
                .isInstanceOf(DeliveryRejectedException.class);
    }
}
