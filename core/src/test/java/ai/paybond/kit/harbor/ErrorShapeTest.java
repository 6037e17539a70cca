package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.API_KEY;
import static ai.paybond.kit.harbor.TestSessions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorShapeTest {
    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, new ScriptedMachine());

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private HarborHttpException refusal() {
        return catchThrowableOfType(
                HarborHttpException.class, () -> session.harbor().verify(question()));
    }

    @Test
    void readsTheNestedShape() {
        server.answer(422, """
                {"error":{"code":"harbor_evidence_failed","message":"sandbox guardrail Harbor evidence rejected: x",
                "harbor_status":422,"harbor_code":"predicate_error"},"request_id":"req-1"}""");

        HarborHttpException refusal = refusal();

        assertThat(refusal.code()).isEqualTo("harbor_evidence_failed");
        assertThat(refusal.harborCode()).isEqualTo("predicate_error");
        assertThat(refusal.requestId()).isEqualTo("req-1");
        assertThat(refusal.method()).isEqualTo("POST");
        assertThat(refusal.path()).isEqualTo("/verify");
        assertThat(refusal)
                .hasMessage("POST /verify was answered 422 harbor_evidence_failed (predicate_error), request req-1");
    }

    @Test
    void readsTheFlatShape() {
        server.answer(401, "{\"error\":\"recognition_proof_required\",\"message\":\"Send a proof.\"}");

        assertThat(refusal().code()).isEqualTo("recognition_proof_required");
    }

    @Test
    void takesTheRequestIdFromTheHeaderWhenTheBodyHasNone() {
        server.answer(
                reply -> reply.code(404).setHeader("x-request-id", "req-7").body("{}"));

        assertThat(refusal().requestId()).isEqualTo("req-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "null",
                "[]",
                "{\"error\":null}",
                "{\"error\":7}",
                "{\"error\":{\"code\":7}}",
                "{\"error\":{\"code\":\"\"}}",
                "{\"error\":{\"code\":\"a b\"}}",
                "{\"error\":{\"code\":\"line\\nbreak\"}}",
                "{\"error\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}"
            })
    void fallsBackToTheStatusWhenThereIsNoUsableCode(String body) {
        server.answer(400, body);

        assertThat(refusal().code()).isEqualTo("http_400");
    }

    @Test
    void doesNotRepeatAKeyThatTheServerEchoesAsItsCode() {
        server.answer(400, "{\"error\":{\"code\":\"" + API_KEY + "\"},\"request_id\":\"" + API_KEY + "\"}");

        assertThat(refusal()).hasMessageNotContaining(API_KEY.substring(19));
    }

    @Test
    void keepsTheBodyOutOfTheMessage() {
        server.answer(400, "{\"error\":{\"code\":\"validation_error\",\"message\":\"card 4111 is bad\"}}");

        assertThat(refusal()).hasMessageNotContaining("4111");
    }
}
