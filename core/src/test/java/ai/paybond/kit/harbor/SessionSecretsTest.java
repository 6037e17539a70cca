package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.API_KEY;
import static ai.paybond.kit.harbor.TestSessions.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.approval.ApprovalToken;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** No secret in anything that gets printed: exceptions with their causes, objects, and the whole log at TRACE. */
class SessionSecretsTest {
    private static final String JWT = "eyJhbGciOiJFZERTQSJ9.c2VjcmV0.c2lnbmF0dXJl";
    private static final List<String> SECRETS = List.of(
            API_KEY.substring("paybond_sk_sandbox_".length()),
            JWT,
            TOKEN,
            "approval-secret",
            "payment-secret",
            "07070707");

    private final ScriptedServer server = new ScriptedServer();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();

    @BeforeEach
    void listen() {
        appender.start();
        root.setLevel(Level.TRACE);
        root.addAppender(appender);
    }

    @AfterEach
    void close() {
        root.detachAppender(appender);
        root.setLevel(level);
        server.close();
    }

    private static Stream<Consumer<ScriptedServer>> mishaps() {
        String echo = "{\"error\":{\"code\":\"%s\",\"message\":\"%s %s %s\"},\"request_id\":\"%s\"}"
                .formatted(API_KEY, API_KEY, JWT, TOKEN, API_KEY);
        return Stream.of(
                server -> server.answer(400, echo),
                server -> server.answer(500, echo).answer(500, echo).answer(500, echo),
                server -> server.answer(200, echo),
                server -> server.answer(200, API_KEY + JWT + TOKEN),
                server -> server.answer(200, "[\"" + TOKEN + "\"]"),
                server -> server.answer(200, "{\"" + TOKEN + "\":1,\"" + TOKEN + "\":2}"),
                server -> server.answer(401, echo).answer(401, echo),
                server -> server.answer(401, echo)
                        .answer(200, TestSessions.access(JWT, 900))
                        .answer(401, echo),
                server -> server.answer(reply -> reply.code(302).setHeader("location", "https://evil/" + JWT)),
                server -> server.answer(reply -> reply.body("x".repeat(30_000))),
                server -> server.breakOff(echo).breakOff(echo).breakOff(echo),
                server -> server.dropConnection().dropConnection().dropConnection());
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void staySecretWhateverTheServerDoes(Consumer<ScriptedServer> mishap) {
        server.answer(200, TestSessions.access(JWT, 900));
        StringBuilder printed = new StringBuilder();
        try (HarborSession session =
                HarborSession.open(TestSessions.directOptions(server).build(), new ScriptedMachine())) {
            mishap.accept(server);
            session.harbor().verify(question());
        } catch (RuntimeException e) {
            printed.append(stackTrace(e));
        }
        assertThat(printed).as("the mishap shows").isNotEmpty();
        assertThat(printed.append(log())).doesNotContain(SECRETS.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void staySecretWhenTheSessionCannotBeOpened(Consumer<ScriptedServer> mishap) {
        mishap.accept(server);
        mishap.accept(server);
        StringBuilder printed = new StringBuilder();
        try (HarborSession session =
                HarborSession.open(TestSessions.directOptions(server).build(), new ScriptedMachine())) {
            printed.append(session.tenantId());
        } catch (RuntimeException e) {
            printed.append(stackTrace(e));
        }
        assertThat(printed.append(log())).doesNotContain(SECRETS.toArray(String[]::new));
    }

    @Test
    void staySecretWhenObjectsArePrinted() {
        server.answer(200, TestSessions.access(JWT, 900))
                .answer(
                        200,
                        Operation.CREATE
                                .goodReply()
                                .with("capability_token", TOKEN)
                                .toJson())
                .answer(
                        200,
                        Operation.BOOTSTRAP
                                .goodReply()
                                .with("capability_token", TOKEN)
                                .toJson())
                .answer(
                        200,
                        Operation.FUND
                                .goodReply()
                                .with("capability_token", TOKEN)
                                .toJson())
                .answer(200, Operation.VERIFY.goodReply().toJson());
        try (HarborSession session =
                HarborSession.open(TestSessions.directOptions(server).build(), new ScriptedMachine())) {
            FundRequest funding = FundRequest.of(TestSessions.INTENT).withPaymentSignature("payment-secret");
            List<Object> objects = List.of(
                    TestSessions.directOptions(server).build(),
                    session,
                    session.harbor(),
                    session.intents(),
                    session.guardrails(),
                    new PrincipalIdentity("did:p", TestSessions.SIGNER),
                    new RecognitionKey("key-1", TestSessions.SIGNER),
                    question(),
                    funding,
                    session.intents().create(TestSessions.intent().build()),
                    session.guardrails().bootstrap(BootstrapRequest.of("op", 1)),
                    session.harbor().fund(funding),
                    session.harbor().verify(question()));

            assertThat(objects.toString()).doesNotContain(SECRETS.toArray(String[]::new));
            assertThat(log()).doesNotContain(SECRETS.toArray(String[]::new));
        }
    }

    private static VerifyRequest question() {
        return VerifyRequest.builder(TestSessions.INTENT, CapabilityToken.of(TOKEN), "op")
                .approvalToken(ApprovalToken.of("approval-secret"))
                .build();
    }

    /** The log of the kit; the scripted server logs what it likes. */
    private String log() {
        StringBuilder log = new StringBuilder();
        for (ILoggingEvent event : List.copyOf(appender.list)) {
            if (event.getLoggerName().startsWith("ai.paybond")
                    || event.getLoggerName().startsWith("okhttp3")) {
                log.append(event.getFormattedMessage());
                if (event.getThrowableProxy() != null) {
                    log.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
                }
            }
        }
        return log.toString();
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
