package ai.paybond.kit.nevermined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.nevermined.Settlement.Failed;
import ai.paybond.kit.nevermined.Settlement.Settled;
import ai.paybond.kit.nevermined.Settlement.Unknown;
import ai.paybond.kit.nevermined.Verification.Denial;
import ai.paybond.kit.nevermined.Verification.Denied;
import ai.paybond.kit.nevermined.Verification.Valid;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FacilitatorTest {
    private static final String KEY = "sandbox:head.claims.signature";
    private static final X402AccessToken TOKEN = X402AccessToken.of("a-token-that-must-not-leak-anywhere");
    private static final PaymentRequired REQUIRED = PaymentRequired.forPlan(
                    "123", PaymentScheme.crypto(NeverminedEnvironment.SANDBOX))
            .agentId("987")
            .endpoint("/api/v1/agents/task")
            .httpVerb("POST")
            .build();

    private final MockWebServer server = new MockWebServer();
    private NeverminedPayments payments;

    @BeforeEach
    void start() throws IOException {
        server.start();
        payments = open(server.url("/").uri(), Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        payments.close();
        server.close();
    }

    private static NeverminedPayments open(URI backend, Duration timeout) {
        return NeverminedPayments.open(
                NeverminedOptions.of(NeverminedApiKey.of(KEY), NeverminedEnvironment.custom(backend))
                        .withTimeout(timeout));
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private Verification verify() {
        return payments.facilitator().verify(new VerifyRequest(REQUIRED, TOKEN, BigInteger.TWO));
    }

    private Settlement settle() {
        return payments.facilitator().settle(new SettleRequest(REQUIRED, TOKEN, BigInteger.TWO, "req-1", null, null));
    }

    @Test
    void sendsKeyVersionAndRequirement() throws InterruptedException {
        answer(200, "{\"isValid\":true,\"agentRequestId\":\"req-1\"}");

        assertThat(verify()).isInstanceOfSatisfying(Valid.class, valid -> assertThat(valid.agentRequestId())
                .contains("req-1"));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/api/v1/x402/verify");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(request.getHeaders().get("Nevermined-Version")).isEqualTo("1.1");
        JsonObject body = JsonObject.parse(request.getBody().utf8());
        assertThat(body.object("paymentRequired")).contains(REQUIRED.toJson());
        assertThat(body.string("maxAmount")).contains("2");
    }

    @Test
    void deniesWhatTheBackendCallsInvalid() {
        answer(200, "{\"isValid\":false,\"invalidReason\":\"Insufficient credits\"}");

        assertDenied(Denial.NOT_VALID, "payment_required", false);
    }

    @Test
    void deniesAnErrorStatusUnderTheBackendsCode() {
        answer(402, "{\"code\":\"BCK.X402.0005\",\"message\":\"Invalid access token\",\"retryable\":false}");

        assertDenied(Denial.REFUSED, "BCK.X402.0005", false);
    }

    @Test
    void keepsWhatTheBackendSaysOfRepeating() {
        answer(503, "{\"code\":\"BCK.X402.0051\",\"message\":\"RPC down\",\"retryable\":true}");

        assertDenied(Denial.REFUSED, "BCK.X402.0051", true);
    }

    @Test
    void deniesWhenTheConnectionBreaks() {
        server.enqueue(new MockResponse.Builder()
                .onRequestBody(new SocketEffect.CloseSocket())
                .build());

        assertDenied(Denial.NO_REPLY, "network_error", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "null", "{\"isValid\":\"true\"}", "{\"isValid\":1}", "{\"isValid\":null}"})
    void deniesWhateverDoesNotPlainlySayValid(String body) {
        answer(200, body);

        assertDenied(Denial.NO_REPLY, "reply.malformed", false);
    }

    @Test
    void deniesARedirectAndDoesNotFollowIt() {
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", server.url("/elsewhere"))
                .build());

        assertDenied(Denial.NO_REPLY, "reply.redirected", false);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void deniesAnEndlessReply() {
        answer(200, " ".repeat((1 << 20) + 1));

        assertDenied(Denial.NO_REPLY, "reply.too_large", false);
    }

    private void assertDenied(Denial how, String code, boolean retryable) {
        assertThat(verify()).isInstanceOfSatisfying(Denied.class, denied -> {
            assertThat(denied.how()).isEqualTo(how);
            assertThat(denied.code()).isEqualTo(code);
            assertThat(denied.retryable()).isEqualTo(retryable);
        });
    }

    @Test
    void settlesWithTheCreditsReallyBurned() throws InterruptedException {
        answer(
                200,
                "{\"success\":true,\"transaction\":\"0xabc\",\"network\":\"eip155:84532\",\"creditsRedeemed\":\"1\"}");

        assertThat(settle()).isInstanceOfSatisfying(Settled.class, settled -> assertThat(
                        settled.receipt().creditsRedeemed())
                .contains(BigInteger.ONE));
        assertThat(JsonObject.parse(server.takeRequest().getBody().utf8()).string("agentRequestId"))
                .contains("req-1");
    }

    @Test
    void failsWhenTheBackendSaysSo() {
        answer(200, "{\"success\":false,\"errorReason\":\"no\",\"transaction\":\"\",\"network\":\"\"}");

        assertFailed("settlement_failed", false);
    }

    @Test
    void failsOnARefusal() {
        answer(403, "{\"code\":\"BCK.X402.0023\",\"message\":\"Delegation budget insufficient for this order\"}");

        assertFailed("BCK.X402.0023", false);
    }

    @Test
    void failsWhenNoConnectionIsMade() {
        URI nobody = server.url("/").uri();
        server.close();
        try (NeverminedPayments unreachable = open(nobody, Duration.ofSeconds(20))) {
            assertThat(unreachable
                            .facilitator()
                            .settle(new SettleRequest(REQUIRED, TOKEN, BigInteger.ONE, null, null, null)))
                    .isEqualTo(new Failed("network_error", true, null, null));
        }
    }

    private void assertFailed(String code, boolean retryable) {
        assertThat(settle()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.retryable()).isEqualTo(retryable);
        });
    }

    @Test
    void neverSettlesTwiceAfterAServerError() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Retry-After", "0")
                .body("{\"code\":\"BCK.X402.0051\",\"message\":\"RPC down\",\"retryable\":true}")
                .build());
        answer(200, "{\"success\":true}");

        assertThat(settle()).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.code()).isEqualTo("BCK.X402.0051");
            assertThat(unknown.retryable()).isTrue();
        });
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void doesNotKnowAfterATimeout() {
        payments.close();
        payments = open(server.url("/").uri(), Duration.ofMillis(300));
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThat(settle()).isEqualTo(new Unknown("network_timeout", false, null));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void doesNotKnowWhenTheConnectionBreaksAfterSending() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThat(settle()).isEqualTo(new Unknown("network_error", false, null));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"success\":\"true\"}", "{\"success\":true"})
    void doesNotKnowWhatAnUnreadableReplyMeans(String body) {
        answer(200, body);

        assertThat(settle()).isEqualTo(new Unknown("reply.malformed", false, null));
    }

    @Test
    void refusesNegativeAmountsBeforeSending() {
        SettleRequest negative = new SettleRequest(REQUIRED, TOKEN, BigInteger.ONE.negate(), null, null, null);

        assertThatThrownBy(() -> payments.facilitator().settle(negative))
                .isInstanceOfSatisfying(
                        NeverminedException.class, e -> assertThat(e.code()).isEqualTo("validation"));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void printsNeitherTokenNorKeyNorTheBackendsWords() {
        answer(402, "{\"code\":\"BCK.X402.0005\",\"message\":\"" + TOKEN.expose() + "\",\"hint\":\"" + KEY + "\"}");
        VerifyRequest request = new VerifyRequest(REQUIRED, TOKEN, BigInteger.ONE);

        assertThat(verify() + " " + request + " " + NeverminedApiKey.of(KEY))
                .doesNotContain(TOKEN.expose())
                .doesNotContain("claims");
    }
}
