package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.OTHER_INTENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.http.Repetition;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Locale;
import java.util.stream.Stream;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server may do wrong, done in the answer to every operation. */
class BadReplyTest {
    private final ScriptedMachine machine = new ScriptedMachine();
    private final ScriptedServer server = new ScriptedServer();
    private final HarborSession session = TestSessions.gateway(server, machine);

    @AfterEach
    void close() {
        session.close();
        server.close();
    }

    private static Stream<Operation> aboutAnIntent() {
        return Stream.of(Operation.values()).filter(Operation::namesIntent);
    }

    private static Stream<Operation> aboutATenant() {
        return Stream.of(Operation.values()).filter(Operation::namesTenant);
    }

    private static Stream<Operation> needingMembers() {
        return Stream.of(Operation.values()).filter(Operation::needsMembers);
    }

    private static Stream<Operation> readingReplies() {
        return Stream.of(Operation.values()).filter(Operation::readsReply);
    }

    private static Stream<Operation> repeated() {
        return Stream.of(Operation.values()).filter(operation -> operation.repetition() == Repetition.FREELY);
    }

    private static Stream<Operation> repeatedIfRefused() {
        return Stream.of(Operation.values()).filter(operation -> operation.repetition() == Repetition.IF_REFUSED);
    }

    private static Stream<Operation> sentOnce() {
        return Stream.of(Operation.values()).filter(operation -> operation.repetition() != Repetition.FREELY);
    }

    private <E extends PaybondException> E refusal(Class<E> type, Operation operation) {
        E refusal = catchThrowableOfType(type, () -> operation.run(session));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private void assertRefusedOnce(Operation operation, String code) {
        assertThat(refusal(ProtocolException.class, operation).code()).isEqualTo(code);
        assertThat(server.requests()).as("opening, and one attempt").isEqualTo(2);
    }

    private void answer(JsonObject reply) {
        server.answer(200, reply.toJson());
    }

    @ParameterizedTest
    @EnumSource
    void believesAnHonestReply(Operation operation) {
        answer(operation.goodReply());

        operation.run(session);

        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("aboutATenant")
    void refusesAReplyAboutAnotherTenantAndNeverRepeats(Operation operation) {
        answer(operation.replyNamingTenant("tenant-b"));

        TenantBindingException refusal = refusal(TenantBindingException.class, operation);

        assertThat(refusal.code()).isEqualTo("tenant.binding_mismatch");
        assertThat(refusal.actual()).isEqualTo("tenant-b");
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("aboutAnIntent")
    void refusesAReplyAboutAnotherIntentAndNeverRepeats(Operation operation) {
        answer(operation.goodReply().with("intent_id", OTHER_INTENT));

        TenantBindingException refusal = refusal(TenantBindingException.class, operation);

        assertThat(refusal.code()).isEqualTo("intent.binding_mismatch");
        assertThat(refusal.expected()).isEqualTo(TestSessions.INTENT);
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("aboutATenant")
    void refusesAReplyThatNamesNoTenant(Operation operation) {
        answer(operation.replyNamingNoTenant());

        assertRefusedOnce(operation, "reply.missing_member");
    }

    @ParameterizedTest
    @MethodSource("aboutATenant")
    void refusesANullTenant(Operation operation) {
        answer(operation.replyNamingTenant(null));

        assertRefusedOnce(operation, "reply.missing_member");
    }

    @ParameterizedTest
    @MethodSource("aboutATenant")
    void refusesATenantThatIsNoText(Operation operation) {
        answer(operation.replyNamingTenant(7));

        assertRefusedOnce(operation, "reply.wrong_type");
    }

    @ParameterizedTest
    @MethodSource("aboutAnIntent")
    void refusesAReplyThatNamesNoIntent(Operation operation) {
        answer(operation.goodReply().without("intent_id"));

        assertRefusedOnce(operation, "reply.missing_member");
    }

    /** Each member of the honest reply is either optional or missed. */
    @ParameterizedTest
    @MethodSource("needingMembers")
    void refusesAReplyWithoutItsFirstOwnMember(Operation operation) {
        answer(operation.replyWithoutItsFirstOwnMember());

        assertRefusedOnce(operation, "reply.missing_member");
    }

    @ParameterizedTest
    @MethodSource("readingReplies")
    void refusesAReplyThatIsNotJson(Operation operation) {
        server.answer(200, "<html>It works!</html>");

        assertRefusedOnce(operation, "reply.not_json");
    }

    @ParameterizedTest
    @MethodSource("readingReplies")
    void refusesAnEmptyReply(Operation operation) {
        server.answer(200, "");

        assertRefusedOnce(operation, "reply.not_json");
    }

    @ParameterizedTest
    @MethodSource("readingReplies")
    void refusesAReplyThatIsNoObject(Operation operation) {
        server.answer(200, "[" + operation.goodReply().toJson() + "]");

        assertRefusedOnce(operation, "reply.wrong_type");
    }

    @ParameterizedTest
    @MethodSource("needingMembers")
    void refusesAReplyThatSaysAMemberTwice(Operation operation) {
        String reply = operation.goodReply().toJson();
        String first = operation.goodReply().members().keySet().iterator().next();
        server.answer(200, reply.replaceFirst("\\{", "{\"" + first + "\":\"tenant-a\","));

        assertRefusedOnce(operation, "reply.not_json");
    }

    @ParameterizedTest
    @MethodSource("readingReplies")
    void refusesADeeplyNestedReply(Operation operation) {
        server.answer(200, "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}");

        assertRefusedOnce(operation, "reply.not_json");
    }

    @ParameterizedTest
    @MethodSource("readingReplies")
    void refusesAReplyInBrokenUtf8(Operation operation) {
        Buffer bytes = new Buffer().writeUtf8("{\"a\":\"").writeByte(0xff).writeUtf8("\"}");
        server.answer(reply -> reply.body(bytes));

        assertRefusedOnce(operation, "reply.not_json");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnOversizedReply(Operation operation) {
        String padding = "x".repeat(20_000);
        server.answer(reply ->
                reply.chunkedBody(operation.goodReply().with("padding", padding).toJson(), 1024));

        assertRefusedOnce(operation, "reply.too_large");
    }

    @ParameterizedTest
    @EnumSource
    void refusesARedirect(Operation operation) {
        server.answer(reply -> reply.code(302).setHeader("location", "https://elsewhere.example"));

        assertRefusedOnce(operation, "reply.redirect");
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void refusesATruncatedReplyAfterAskingAgain(Operation operation) {
        String half = operation.goodReply().toJson().substring(0, 1);
        server.breakOff(half).breakOff(half).breakOff(half);

        assertThat(refusal(ProtocolException.class, operation).code()).isEqualTo("reply.truncated");
        assertThat(server.requests()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void reportsConflictAtOnce(Operation operation) {
        server.answer(409, "{\"error\":{\"code\":\"intent.state.conflict\"},\"request_id\":\"req-9\"}");

        HarborHttpException refusal = refusal(HarborHttpException.class, operation);

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.code()).isEqualTo("intent.state.conflict");
        assertThat(refusal.requestId()).isEqualTo("req-9");
        assertThat(refusal.retryable()).isFalse();
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void reportsAKeyRevokedUnderWayAtOnce(Operation operation) {
        server.answer(401, "{\"error\":{\"code\":\"invalid_api_key\"}}");

        HarborHttpException refusal = refusal(HarborHttpException.class, operation);

        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.code()).isEqualTo("invalid_api_key");
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void getsOverTwoServerErrors(Operation operation) {
        server.answer(500, "").answer(503, "<html>");
        answer(operation.goodReply());

        operation.run(session);

        assertThat(server.requests()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void reportsLastingServerErrorsAsRetryable(Operation operation) {
        server.answer(500, "").answer(500, "").answer(502, "{\"cloudflare_error\":true}");

        HarborHttpException refusal = refusal(HarborHttpException.class, operation);

        assertThat(refusal.status()).isEqualTo(502);
        assertThat(refusal.code()).isEqualTo("http_502");
        assertThat(refusal.retryable()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void reportsLostConnectionsAsUnreachable(Operation operation) {
        server.dropConnection().dropConnection().dropConnection();

        assertThat(refusal(HarborUnreachableException.class, operation).code()).isEqualTo("harbor.unreachable");
    }

    @ParameterizedTest
    @MethodSource("sentOnce")
    void doesNotRepeatAfterAServerErrorWhatMustNotHappenTwice(Operation operation) {
        server.answer(503, "");

        assertThat(refusal(HarborHttpException.class, operation).retryable()).isTrue();
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("sentOnce")
    void doesNotRepeatAfterALostConnectionWhatMustNotHappenTwice(Operation operation) {
        server.dropConnection();

        assertThat(refusal(HarborUnreachableException.class, operation).code()).isEqualTo("harbor.unreachable");
        assertThat(server.requests()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("repeatedIfRefused")
    void repeatsOnceTheServerSaysThatNothingWasDone(Operation operation) {
        server.answer(429, "{\"error\":\"rate_limited\"}");
        answer(operation.goodReply());

        operation.run(session);

        assertThat(server.requests()).isEqualTo(3);
    }

    @Test
    void refusesASandboxRunForWhatIsNoIntent() {
        answer(Operation.BOOTSTRAP.goodReply().with("intent_id", "../../admin"));

        assertRefusedOnce(Operation.BOOTSTRAP, "reply.wrong_type");
    }

    @ParameterizedTest
    @MethodSource("aboutAnIntent")
    void acceptsAnIntentEchoInUpperCase(Operation operation) {
        answer(operation.goodReply().with("intent_id", TestSessions.INTENT.toUpperCase(Locale.ROOT)));

        operation.run(session);

        assertThat(server.requests()).isEqualTo(2);
    }
}
