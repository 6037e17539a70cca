package ai.paybond.kit.harbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.approval.Requests;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PollingApproverTest {
    private static final ApprovalRequest REQUEST = Requests.booking(JsonObject.parse("{\"hotel\":\"Lutetia\"}"));
    private static final JsonObject REPLY = JsonObject.builder()
            .put("tenant_id", TestSessions.TENANT)
            .put("approval_request_id", REQUEST.requestId())
            .put("status", "pending")
            .put("intent_id", REQUEST.intentId())
            .put("operation", REQUEST.operation())
            .put("requested_spend_cents", REQUEST.spendCents())
            .put("tool_call_id", REQUEST.callId())
            .put("arguments_hash_hex", REQUEST.argumentsDigestHex())
            .build();
    private static final JsonObject APPROVED = REPLY.with("status", "approved").with("approval_token", "apr_1");

    private final ScriptedServer server = new ScriptedServer();
    private final ScriptedMachine machine = new ScriptedMachine();
    private final HarborSession session = TestSessions.gateway(server, machine);
    private final Approver approver = session.approvals().polling(Duration.ofSeconds(10), Duration.ofSeconds(2));

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    @Test
    void asksUntilAPersonHasDecided() throws Exception {
        server.answer(200, REPLY.toJson());
        server.answer(200, REPLY.toJson());
        server.answer(200, APPROVED.toJson());
        assertThat(approver.decide(REQUEST)).isEqualTo(ApprovalAnswer.approved(ApprovalToken.of("apr_1")));
        assertThat(machine.pauses()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
        assertThat(server.next().getRequestLine()).isEqualTo("GET /v1/spend/approvals/" + Requests.ID + " HTTP/1.1");
    }

    @Test
    void passesOnWhyNot() throws Exception {
        server.answer(
                200, REPLY.with("status", "rejected").with("note", "too dear").toJson());
        assertThat(approver.decide(REQUEST)).isEqualTo(ApprovalAnswer.rejected("too dear"));
    }

    @Test
    void leavesHeldWhatNobodyDecidesInTime() throws Exception {
        for (int i = 0; i < 6; i++) {
            server.answer(200, REPLY.toJson());
        }
        assertThat(approver.decide(REQUEST)).isEqualTo(ApprovalAnswer.pending());
        assertThat(machine.pauses()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"used", "expired", "granted"})
    void leavesHeldWhatIsNeitherApprovedNorRejected(String status) throws Exception {
        Approver once = session.approvals().polling(Duration.ZERO, Duration.ofSeconds(2));
        server.answer(200, APPROVED.with("status", status).toJson());
        assertThat(once.decide(REQUEST)).isEqualTo(ApprovalAnswer.pending());
    }

    @ParameterizedTest
    @CsvSource({
        "intent_id, '\"660e8400-e29b-41d4-a716-446655440000\"'",
        "operation, '\"travel.book_flight\"'",
        "requested_spend_cents, 18704",
        "tool_call_id, '\"call-8\"'",
        "arguments_hash_hex, '\"abab\"'"
    })
    void neverTakesTheApprovalOfAnotherCall(String member, String json) {
        JsonObject other = JsonObject.parse("{\"v\":" + json + "}");
        server.answer(200, APPROVED.with(member, other.get("v")).toJson());
        assertFails("approval.other_call");
    }

    @Test
    void neverTakesTheApprovalOfAnotherRequest() {
        server.answer(
                200,
                APPROVED.with("approval_request_id", TestSessions.OTHER_INTENT).toJson());
        assertFails("reply.wrong_type");
    }

    @Test
    void neverTakesTheApprovalOfAnotherTenant() {
        server.answer(200, APPROVED.with("tenant_id", "tenant-b").toJson());
        assertFails("tenant.binding_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void takesNoTokenThatIsNone(String token) {
        server.answer(200, APPROVED.with("approval_token", token).toJson());
        assertFails("reply.wrong_type");
    }

    @Test
    void failsWhenTheGatewayKnowsNoSuchRequest() {
        server.answer(404, "{}");
        assertThatExceptionOfType(HarborHttpException.class).isThrownBy(() -> approver.decide(REQUEST));
    }

    @Test
    void asksAgainWhenTheGatewayIsBusy() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.answer(503, "{}");
        }
        server.answer(200, APPROVED.toJson());
        assertThat(approver.decide(REQUEST)).isInstanceOf(ApprovalAnswer.Approved.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local-1", "../principal", "", "770e8400"})
    void asksTheGatewayOnlyForWhatItIssued(String requestId) throws Exception {
        assertThat(approver.decide(Requests.booking(requestId, REQUEST.arguments())))
                .isEqualTo(ApprovalAnswer.pending());
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> session.approvals().get(requestId))
                .satisfies(e -> assertThat(e.code()).isEqualTo("approval_request_id.invalid"));
    }

    @Test
    void neverAsksWithoutAPause() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.approvals().polling(Duration.ofSeconds(1), Duration.ZERO));
    }

    private void assertFails(String code) {
        assertThatExceptionOfType(PaybondException.class)
                .isThrownBy(() -> approver.decide(REQUEST))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
