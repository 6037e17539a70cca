package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.TENANT;
import static ai.paybond.kit.harbor.TestSessions.access;
import static ai.paybond.kit.harbor.TestSessions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.internal.http.Bearer;
import ai.paybond.kit.internal.http.Endpoint;
import ai.paybond.kit.internal.http.HttpLimits;
import ai.paybond.kit.internal.http.HttpTransport;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.internal.platform.Connection;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarborAccessTest {
    private final ScriptedMachine machine = new ScriptedMachine();
    private final ScriptedServer server = new ScriptedServer();
    private final HttpTransport transport =
            new HttpTransport(new HttpLimits(Duration.ofSeconds(30), 3, 20_000), machine);
    private final HarborAccess access = new HarborAccess(
            Connection.gateway(
                    transport,
                    Endpoint.of(server.url(), "test"),
                    Bearer.fixed(ApiKey.of(TestSessions.API_KEY).expose()),
                    HarborFaults.INSTANCE),
            machine,
            Duration.ofSeconds(90));

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    private void pass(long seconds) {
        machine.pass(Duration.ofSeconds(seconds));
    }

    private GatewayAuthException refusal() {
        return catchThrowableOfType(GatewayAuthException.class, access::open);
    }

    @Test
    void asksWithTheApiKeyAndNoBody() {
        server.answer(200, access("jwt-1", 900));

        assertThat(access.open().tenantId()).isEqualTo(TENANT);

        RecordedRequest request = server.next();
        assertThat(request.getRequestLine()).isEqualTo("POST /v1/auth/harbor-access HTTP/1.1");
        assertThat(request.getHeaders().get("authorization")).isEqualTo("Bearer " + TestSessions.API_KEY);
        assertThat(request.getHeaders().get("accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("content-type")).isNull();
        assertThat(request.getHeaders().get("x-tenant-id")).isNull();
        assertThat(request.getBodySize()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"900, 810", "200, 110", "92, 2", "91, 1", "90, 1", "1, 1", "9007199254740991, 86310"})
    void keepsATokenUntilNinetySecondsBeforeItsExpiryButAtLeastOneSecond(long expiresIn, long keptSeconds) {
        server.answer(200, access("jwt-1", expiresIn)).answer(200, access("jwt-2", 900));
        access.open();

        machine.pass(Duration.ofSeconds(keptSeconds).minusNanos(1));
        assertThat(access.current()).isEqualTo("jwt-1");
        machine.pass(Duration.ofNanos(1));
        assertThat(access.current()).isEqualTo("jwt-2");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, -900})
    void refusesALifetimeThatIsNotPositive(long expiresIn) {
        server.answer(200, access("jwt-1", expiresIn));

        assertThat(refusal().code()).isEqualTo("auth.lifetime_invalid");
    }

    @Test
    void refusesAMissingLifetime() {
        server.answer(200, "{\"access_token\":\"jwt-1\",\"tenant_id\":\"tenant-a\"}");

        assertThat(refusal().code()).isEqualTo("auth.lifetime_invalid");
    }

    @Test
    void refusesALifetimeThatIsNoInteger() {
        server.answer(200, "{\"access_token\":\"jwt-1\",\"tenant_id\":\"tenant-a\",\"expires_in\":\"900\"}");

        assertThatThrownBy(access::open).isInstanceOfSatisfying(ProtocolException.class, e -> assertThat(e.code())
                .isEqualTo("reply.wrong_type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two words", "line\\nbreak", "ümlaut"})
    void refusesATokenThatIsNone(String token) {
        server.answer(200, "{\"access_token\":\"" + token + "\",\"expires_in\":900,\"tenant_id\":\"tenant-a\"}");

        assertThat(refusal().code()).isEqualTo("auth.token_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two words", "line\\nbreak"})
    void refusesAFirstAnswerWithoutAUsableTenant(String tenant) {
        server.answer(200, "{\"access_token\":\"jwt-1\",\"expires_in\":900,\"tenant_id\":\"" + tenant + "\"}");

        assertThat(refusal().code()).isEqualTo("auth.tenant_missing");
    }

    @Test
    void refusesAFirstAnswerWithoutATenant() {
        server.answer(200, "{\"access_token\":\"jwt-1\",\"expires_in\":900}");

        assertThat(refusal().code()).isEqualTo("auth.tenant_missing");
    }

    @Test
    void keepsTheTenantWhenARenewalNamesNone() {
        server.answer(200, access("jwt-1", 900)).answer(200, "{\"access_token\":\"jwt-2\",\"expires_in\":900}");
        access.open();
        pass(810);

        assertThat(access.current()).isEqualTo("jwt-2");
    }

    @Test
    void refusesARenewalForAnotherTenantAndPoisonsNothing() {
        JsonObject stolen = JsonObject.of(Map.of("access_token", "jwt-b", "expires_in", 900, "tenant_id", "tenant-b"));
        server.answer(200, access("jwt-1", 900)).answer(200, stolen.toJson()).answer(200, access("jwt-2", 900));
        access.open();

        assertThatThrownBy(access::rotate)
                .isInstanceOfSatisfying(
                        TenantBindingException.class, e -> assertThat(e.code()).isEqualTo("tenant.binding_mismatch"));
        assertThat(access.current()).isEqualTo("jwt-1");
        pass(810);
        assertThat(access.current()).isEqualTo("jwt-2");
    }

    @Test
    void rotatesWhenAskedAlthoughTheTokenIsFresh() {
        server.answer(200, access("jwt-1", 900)).answer(200, access("jwt-2", 900));
        access.open();

        access.rotate();

        assertThat(access.current()).isEqualTo("jwt-2");
    }

    @Test
    void keepsTheTokenWhenRotationFails() {
        server.answer(200, access("jwt-1", 900)).answer(401, "{\"error\":{\"code\":\"invalid_api_key\"}}");
        access.open();

        assertThatThrownBy(access::rotate).isInstanceOfSatisfying(GatewayAuthException.class, e -> {
            assertThat(e.code()).isEqualTo("invalid_api_key");
            assertThat(e.status()).hasValue(401);
            assertThat(e.retryable()).isFalse();
        });
        assertThat(access.current()).isEqualTo("jwt-1");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void exchangesOnceForConcurrentCallers() throws Exception {
        server.answer(200, access("jwt-1", 900))
                .answer(reply -> reply.body(access("jwt-2", 900)).headersDelay(200, TimeUnit.MILLISECONDS));
        access.open();
        pass(810);

        assertThat(together(16, access::current)).containsOnly("jwt-2");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void renewsOnceForConcurrentCallersWithTheSameRefusedToken() throws Exception {
        server.answer(200, access("jwt-1", 900))
                .answer(reply -> reply.body(access("jwt-2", 900)).headersDelay(200, TimeUnit.MILLISECONDS));
        access.open();

        together(16, () -> access.renew("jwt-1"));

        assertThat(access.current()).isEqualTo("jwt-2");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void sharesAFailedExchangeAmongThoseWhoWaitedForIt() throws Exception {
        server.answer(200, access("jwt-1", 900))
                .answer(reply -> reply.code(403).headersDelay(500, TimeUnit.MILLISECONDS))
                .answer(200, access("jwt-2", 900));
        access.open();
        pass(810);

        assertThat(together(4, this::currentOrCode)).contains("http_403");
        assertThat(access.current()).isEqualTo("jwt-2");
        assertThat(server.requests()).isEqualTo(3);
    }

    private String currentOrCode() {
        try {
            return access.current();
        } catch (GatewayAuthException e) {
            return e.code();
        }
    }

    private static <T> List<T> together(int threads, Callable<T> task) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(Collections.nCopies(threads, task))) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void getsOverAServerErrorDuringAnExchange() {
        server.answer(503, "").answer(200, access("jwt-1", 900));

        assertThat(access.open().tenantId()).isEqualTo(TENANT);
    }

    @Test
    void saysThatALastingServerErrorMayPass() {
        server.answer(503, "").answer(503, "").answer(503, "");

        assertThat(refusal().retryable()).isTrue();
    }

    @Test
    void rotatesOnceAndRepeatsWhenHarborRefusesTheToken() {
        try (HarborSession session = TestSessions.direct(server, machine)) {
            server.answer(401, "{\"error\":{\"code\":\"invalid_token\"}}")
                    .answer(200, access("jwt-2", 900))
                    .answer(200, Operation.VERIFY.goodReply().toJson());

            assertThat(session.harbor().verify(question()).allow()).isTrue();
        }
        assertThat(server.all())
                .extracting(request ->
                        request.getTarget() + " " + request.getHeaders().get("authorization"))
                .containsExactly(
                        "/verify Bearer jwt-1",
                        "/v1/auth/harbor-access Bearer " + TestSessions.API_KEY,
                        "/verify Bearer jwt-2");
    }

    @Test
    void reportsASecondRefusalAsHarborsAnswer() {
        try (HarborSession session = TestSessions.direct(server, machine)) {
            server.answer(401, "{\"error\":{\"code\":\"invalid_token\"}}")
                    .answer(200, access("jwt-2", 900))
                    .answer(401, "{\"error\":{\"code\":\"invalid_token\"}}");

            HarborHttpException refusal = catchThrowableOfType(
                    HarborHttpException.class, () -> session.harbor().verify(question()));

            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.code()).isEqualTo("invalid_token");
        }
        assertThat(server.requests()).isEqualTo(4);
    }

    @Test
    void reportsARevokedKeyWhenTheTokenCannotBeRenewed() {
        try (HarborSession session = TestSessions.direct(server, machine)) {
            server.answer(401, "").answer(401, "{\"error\":{\"code\":\"invalid_api_key\"}}");

            GatewayAuthException refusal = catchThrowableOfType(
                    GatewayAuthException.class, () -> session.harbor().verify(question()));

            assertThat(refusal.code()).isEqualTo("invalid_api_key");
        }
    }

    @Test
    void rotatesThroughTheSession() {
        try (HarborSession session = TestSessions.direct(server, machine)) {
            server.answer(200, access("jwt-2", 900))
                    .answer(200, Operation.VERIFY.goodReply().toJson());

            session.rotateHarborToken();
            session.harbor().verify(question());
        }
        assertThat(server.all().get(1).getHeaders().get("authorization")).isEqualTo("Bearer jwt-2");
    }

    @Test
    void endsTheWaitForATokenWhenInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(access::current)
                .isInstanceOfSatisfying(HarborUnreachableException.class, e -> assertThat(e.code())
                        .isEqualTo("harbor.interrupted"));
        assertThat(Thread.interrupted()).isTrue();
    }
}
