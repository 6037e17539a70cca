package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.INTENT;
import static ai.paybond.kit.harbor.TestSessions.OTHER_INTENT;
import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.harbor.PreflightResult.Outcome;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asking about a spend: what is sent, and which answers are not believed. */
class SpendPreflightTest {
    private static final PreflightRequest REQUEST =
            PreflightRequest.builder(INTENT).build();
    private static final JsonObject REPLY = JsonObject.parse("""
            {"classification":"allow","outcome":"allow","reason_codes":["anomaly_new_vendor"],"remaining_cents":20000,
            "spend_scope":{"scope_type":"intent","scope_key":"%s"},"policy_version":1,"explanation":"Within budget."}""".formatted(INTENT));

    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, new ScriptedMachine());

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private PreflightResult asked(JsonObject reply) {
        server.answer(200, reply.toJson());
        return session.preflight().ask(REQUEST);
    }

    @Test
    void asksAboutAnyOperationByDefault() {
        asked(REPLY);

        RecordedRequest request = server.next();
        assertThat(request.getRequestLine()).isEqualTo("POST /v1/spend/preflight HTTP/1.1");
        assertThat(request.getHeaders().get("x-tenant-id")).isEqualTo(TENANT);
        assertThat(request.getHeaders().get("idempotency-key")).isNull();
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"intent_id\":\"%s\",\"operation\":\"*\",\"requested_spend_cents\":0}".formatted(INTENT));
    }

    @Test
    void sendsEveryMember() {
        server.answer(200, REPLY.toJson());
        session.preflight()
                .ask(PreflightRequest.builder(INTENT)
                        .operation("op")
                        .requestedSpendCents(5)
                        .currency("usd")
                        .vendorId("vendor")
                        .toolName("tool")
                        .toolCallId("call")
                        .taskId("task")
                        .workflowId("flow")
                        .agentSubject("agent")
                        .approvalToken(ApprovalToken.of("approval"))
                        .build());

        assertThat(server.next().getBody().utf8()).isEqualTo("""
                {"intent_id":"%s","operation":"op","requested_spend_cents":5,"currency":"usd","vendor_id":"vendor",\
                "tool_name":"tool","tool_call_id":"call","task_id":"task","workflow_id":"flow","agent_subject":"agent",\
                "approval_token":"approval"}""".formatted(INTENT));
    }

    @ParameterizedTest
    @CsvSource({"allow,ALLOWED", "approval_required,APPROVAL_REQUIRED", "deny,DENIED", "perhaps,DENIED", "ALLOW,DENIED"
    })
    void takesNothingButAllowForAllowed(String text, Outcome expected) {
        assertThat(asked(REPLY.with("outcome", text)).outcome()).isEqualTo(expected);
    }

    @Test
    void readsWhatTheGatewaySays() {
        PreflightResult result = asked(REPLY);

        assertThat(result.remainingCents()).isEqualTo(20_000);
        assertThat(result.policyVersion()).isEqualTo(1);
        assertThat(result.reasonCodes()).containsExactly("anomaly_new_vendor");
        assertThat(result.explanation()).isEqualTo("Within budget.");
    }

    @Test
    void refusesAnAnswerAboutAnotherIntent() {
        JsonObject scope = JsonObject.of(Map.of("scope_type", "intent", "scope_key", OTHER_INTENT));

        assertThat(catchThrowableOfType(TenantBindingException.class, () -> asked(REPLY.with("spend_scope", scope)))
                        .code())
                .isEqualTo("intent.binding_mismatch");
    }

    @Test
    void refusesAnAnswerOfAnotherTenant() {
        assertThat(catchThrowableOfType(TenantBindingException.class, () -> asked(REPLY.with("tenant_id", "tenant-b")))
                        .code())
                .isEqualTo("tenant.binding_mismatch");
    }

    @Test
    void refusesAnAnswerWithoutAnOutcome() {
        assertThat(catchThrowableOfType(ProtocolException.class, () -> asked(REPLY.without("outcome")))
                        .code())
                .isEqualTo("reply.missing_member");
    }

    @Test
    void refusesANegativeSpend() {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> PreflightRequest.builder(INTENT)
                                .requestedSpendCents(-1)
                                .build())
                        .code())
                .isEqualTo("spend.invalid");
    }

    @Test
    void showsNoApprovalToken() {
        PreflightRequest request = PreflightRequest.builder(INTENT)
                .approvalToken(ApprovalToken.of("approval-secret"))
                .build();

        assertThat(request).hasToString(REQUEST.toString());
    }
}
