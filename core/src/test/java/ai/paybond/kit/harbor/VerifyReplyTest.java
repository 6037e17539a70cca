package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyReplyTest {
    private static final String AUDIT = "b1c2d3e4-0000-4000-8000-000000000001";
    private static final JsonObject ALLOWED = Operation.VERIFY.goodReply();
    private static final JsonObject DENIED =
            ALLOWED.with("allow", false).with("code", "operation_not_allowed").with("message", "not on the list");

    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, new ScriptedMachine());

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private VerifyResult answer(JsonObject reply) {
        server.answer(200, reply.toJson());
        return session.harbor().verify(question());
    }

    private void assertUnusable(JsonObject reply, String code) {
        server.answer(200, reply.toJson());
        ProtocolException refusal = catchThrowableOfType(
                ProtocolException.class, () -> session.harbor().verify(question()));
        assertThat(refusal.code()).isEqualTo(code);
    }

    @Test
    void readsAPermission() {
        VerifyResult result = answer(ALLOWED.with("decision_id", AUDIT)
                .with("remaining_cents", 1300)
                .with("code", null)
                .with("policy_version", 4));

        assertThat(result.allow()).isTrue();
        assertThat(result.auditId()).isEqualTo(AUDIT);
        assertThat(result.decisionId()).isEqualTo(AUDIT);
        assertThat(result.remainingCents()).isEqualTo(1300);
        assertThat(result.code()).isNull();
        assertThat(result.approvalRequired()).isFalse();
        assertThat(result.raw().integer("policy_version")).contains(4L);
    }

    @Test
    void readsADenialAsAnAnswer() {
        VerifyResult result = answer(DENIED.with("retry_after", 60));

        assertThat(result.allow()).isFalse();
        assertThat(result.code()).isEqualTo("operation_not_allowed");
        assertThat(result.message()).isEqualTo("not on the list");
        assertThat(result.retryAfterSeconds()).isEqualTo(60);
        assertThat(result.approvalRequired()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"false\"", "\"true\"", "0", "1", "[]", "{}", "\"\""})
    void refusesAnAllowThatIsNoBoolean(String allow) {
        assertUnusable(ALLOWED.with("allow", JsonValue.parse(allow)), "reply.wrong_type");
    }

    @Test
    void refusesANullAllow() {
        assertUnusable(ALLOWED.with("allow", null), "reply.missing_member");
    }

    @Test
    void refusesAMissingAllow() {
        assertUnusable(ALLOWED.without("allow"), "reply.missing_member");
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit-deny", "b1c2d3e4000040008000000000000001", "1-2-3-4-5"})
    void refusesAnAuditIdThatIsNoUuid(String auditId) {
        assertUnusable(ALLOWED.with("audit_id", auditId), "reply.wrong_type");
    }

    @Test
    void refusesAMissingAuditIdOfADenialToo() {
        assertUnusable(DENIED.without("audit_id"), "reply.missing_member");
    }

    @Test
    void refusesAReservationThatCouldNotBeNamedLater() {
        assertUnusable(ALLOWED.with("decision_id", "../../admin"), "reply.wrong_type");
    }

    @ParameterizedTest
    @CsvSource({"code, 7", "message, {}", "decision_id, 7", "remaining_cents, 1.5", "remaining_cents, '\"9\"'"})
    void refusesOptionalMembersOfTheWrongType(String member, String value) {
        assertUnusable(ALLOWED.with(member, JsonValue.parse(value)), "reply.wrong_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "[1]", "[[]]", "{}"})
    void refusesReasonCodesThatAreNoTexts(String codes) {
        assertUnusable(DENIED.with("reason_codes", JsonValue.parse(codes)), "reply.wrong_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "approval_threshold_exceeded",
                "approval_required_pending",
                "approval_quorum_incomplete",
                "anomaly_new_vendor",
                "anomaly_amount_spike",
                "anomaly_rapid_auth",
                "anomaly_cap_proximity"
            })
    void takesHoldingReasonsForApproval(String reason) {
        assertThat(answer(DENIED.with("reason_codes", List.of(reason))).approvalRequired())
                .isTrue();
    }

    @Test
    void takesTheApprovalCodeForApproval() {
        VerifyResult result = answer(DENIED.with("code", "approval_required").with("approval_request_id", "ap-1"));

        assertThat(result.approvalRequired()).isTrue();
        assertThat(result.approvalRequestId()).isEqualTo("ap-1");
    }

    @Test
    void doesNotTakeAHardLimitForApproval() {
        assertThat(answer(DENIED.with("reason_codes", List.of("max_spend_exceeded")))
                        .approvalRequired())
                .isFalse();
    }

    @Test
    void neverTakesAPermissionForApproval() {
        assertThat(answer(ALLOWED.with("reason_codes", List.of("anomaly_new_vendor")))
                        .approvalRequired())
                .isFalse();
    }
}
