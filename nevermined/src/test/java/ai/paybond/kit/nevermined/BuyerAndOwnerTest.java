package ai.paybond.kit.nevermined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BuyerAndOwnerTest {
    private static final PaymentScheme SCHEME = PaymentScheme.crypto(NeverminedEnvironment.SANDBOX);
    private static final NeverminedApiKey KEY = NeverminedApiKey.of("sandbox:a.b.c");
    private static final PlanRegistration PLAN = PlanRegistration.named(
            "Basic",
            PriceConfig.fiat(BigInteger.valueOf(2_000_000), "USD", "0x3333333333333333333333333333333333333333"),
            CreditsConfig.fixed(BigInteger.valueOf(100), BigInteger.ONE));

    private final MockWebServer server = new MockWebServer();
    private NeverminedPayments payments;

    @BeforeEach
    void start() throws IOException {
        server.start();
        payments = NeverminedPayments.open(NeverminedOptions.of(
                        KEY, NeverminedEnvironment.custom(server.url("/").uri()))
                .withOrganization("org-123"));
    }

    @AfterEach
    void stop() {
        payments.close();
        server.close();
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private JsonObject sent(String route) throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod() + " " + request.getTarget()).isEqualTo(route);
        assertThat(request.getHeaders().get("X-Current-Org-Id")).isEqualTo("org-123");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer sandbox:a.b.c");
        return JsonObject.parse(Objects.requireNonNull(request.getBody()).utf8());
    }

    private static JsonObject vector(String file, String member) throws IOException {
        try (InputStream json = BuyerAndOwnerTest.class.getResourceAsStream("/vectors/" + file)) {
            return JsonObject.parse(new String(json.readAllBytes(), "UTF-8"), JsonLimits.lenient())
                    .object(member)
                    .orElseThrow();
        }
    }

    @Test
    void mintsATokenForADelegation() throws InterruptedException {
        answer(201, "{\"accessToken\":\"TOKEN\",\"permissionHash\":\"0x1\"}");

        assertThat(payments.x402().getX402AccessToken("123", "987", SCHEME, "del-1"))
                .isEqualTo(X402AccessToken.of("TOKEN"));

        assertThat(sent("POST /api/v1/x402/permissions").object("delegationConfig"))
                .contains(JsonObject.parse("{\"delegationId\":\"del-1\"}"));
    }

    @Test
    void keepsTheBackendsCodeWhenAMintIsRefused() {
        answer(402, "{\"code\":\"BCK.X402.0021\",\"message\":\"Delegation has expired\",\"retryable\":false}");

        assertThatThrownBy(() -> payments.x402().getX402AccessToken("123", "987", SCHEME, "del-1"))
                .isInstanceOfSatisfying(NeverminedException.class, e -> {
                    assertThat(e.code()).isEqualTo("BCK.X402.0021");
                    assertThat(e.error()).isPresent();
                    assertThat(e).hasMessageNotContaining("expired");
                });
    }

    @Test
    void namesAnErrorWithoutEnvelopeByItsStatus() {
        answer(502, "<html>bad gateway</html>");

        assertThatThrownBy(() -> payments.plans().get("123"))
                .isInstanceOfSatisfying(
                        NeverminedException.class, e -> assertThat(e.code()).isEqualTo("http_502"));
    }

    @Test
    void refusesATokenReplyWithoutToken() {
        answer(201, "{}");

        assertThatThrownBy(() -> payments.x402().getX402AccessToken("123", "987", SCHEME, "del-1"))
                .isInstanceOfSatisfying(
                        NeverminedException.class, e -> assertThat(e.code()).isEqualTo("reply.malformed"));
    }

    @Test
    void createsADelegation() throws InterruptedException {
        answer(201, "{\"delegationId\":\"del-1\",\"delegationToken\":\"tok_xyz\"}");

        CreatedDelegation created =
                payments.delegations().create(DelegationRequest.crypto(100_000, Duration.ofDays(7), "usdc"));

        assertThat(created.delegationId()).isEqualTo("del-1");
        assertThat(created.toString()).doesNotContain("tok_xyz");
        assertThat(sent("POST /api/v1/delegation/create").integer("durationSecs"))
                .contains(604_800L);
    }

    @Test
    void listsDelegations() throws InterruptedException {
        answer(200, "{\"delegations\":[{\"delegationId\":\"d\",\"status\":\"Active\"}],\"totalResults\":1}");

        assertThat(payments.delegations().list())
                .singleElement()
                .satisfies(delegation -> assertThat(delegation.isActive()).isTrue());
        assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v1/delegation?accessible=true");
    }

    @Test
    void registersAPlanAsTheVectorHasIt() throws IOException, InterruptedException {
        JsonObject expected = vector("nevermined-registration.json", "register_plan");
        answer(201, expected.object("response").orElseThrow().toJson());

        assertThat(payments.plans().register(PLAN)).startsWith("4474276307604749");

        JsonObject body = sent("POST /api/v1/protocol/plans");
        assertThat(body.without("nonce"))
                .isEqualTo(expected.object("body").orElseThrow().without("nonce"));
        assertThat(body.string("nonce").orElseThrow()).matches("[0-9]{1,39}");
    }

    @Test
    void registersAnAgentAsTheVectorHasIt() throws IOException, InterruptedException {
        JsonObject expected = vector("nevermined-registration.json", "register_agent");
        JsonObject body = expected.object("body").orElseThrow();
        answer(201, expected.object("response").orElseThrow().toJson());
        AgentRegistration agent = new AgentRegistration(
                body.object("metadataAttributes").orElseThrow(),
                body.object("agentApiAttributes").orElseThrow());

        String agentId = payments.agents()
                .register(agent, body.array("plans").flatMap(JsonArray::strings).orElseThrow());

        assertThat(agentId).startsWith("8091842702317042");
        assertThat(agent.toString()).doesNotContain("my-secret-token");
        assertThat(sent("POST /api/v1/protocol/agents")).isEqualTo(body);
    }

    @Test
    void registersAgentAndPlanTogether() throws IOException, InterruptedException {
        JsonObject expected = vector("nevermined-registration.json", "register_agent_and_plan");
        answer(201, expected.object("response").orElseThrow().toJson());
        AgentRegistration agent = AgentRegistration.named(
                "Agent", List.of(new AgentRegistration.Endpoint("POST", "https://your-api.com/ask")));

        assertThat(payments.agents().register(agent, PLAN).planId()).startsWith("4474276307604749");

        JsonObject body = sent("POST /api/v1/protocol/agents/plans");
        assertThat(body.object("agent"))
                .isEqualTo(expected.object("body").orElseThrow().object("agent"));
        assertThat(body.object("plan").flatMap(plan -> plan.string("accessLimit")))
                .contains("credits");
    }

    @Test
    void readsABalanceWithoutShowingTheKey() throws IOException, InterruptedException {
        answer(200, vector("nevermined-registration.json", "balance").toJson());

        PlanBalance balance = payments.plans().balance("123", "0x505384192Ba6a4D4b50EAB846ee67db3b9A93359");

        assertThat(balance.balance()).contains(BigInteger.valueOf(100));
        assertThat(balance.isSubscriber()).isTrue();
        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget())
                .isEqualTo("/api/v1/protocol/plans/123/balance/0x505384192Ba6a4D4b50EAB846ee67db3b9A93359");
        assertThat(request.getHeaders().get("Authorization")).isNull();
    }

    @Test
    void doesNotLetAnIdentifierLeaveItsPlaceInThePath() {
        assertThatThrownBy(() -> payments.plans().get("../agents"))
                .isInstanceOfSatisfying(
                        NeverminedException.class, e -> assertThat(e.code()).isEqualTo("validation"));
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void startsProcessingAsTheEarlierApiDid() throws InterruptedException {
        answer(
                200,
                "{\"isValid\":true,\"agentRequestId\":\"r\",\"agentRequest\":{\"balance\":{\"isSubscriber\":true}}}");

        ProcessingRequest started = payments.requests()
                .startProcessingRequest(
                        "123", SCHEME, "987", X402AccessToken.of("TOKEN"), "https://example.com/prompt", "POST");

        assertThat(started.isValidRequest()).isTrue();
        assertThat(started.agentRequestId()).contains("r");
        assertThat(sent("POST /api/v1/x402/verify")
                        .object("paymentRequired")
                        .flatMap(required -> required.object("resource"))
                        .flatMap(resource -> resource.string("url")))
                .contains("https://example.com/prompt");
    }

    @Test
    void refusesACallerWhoDoesNotSubscribe() {
        answer(200, "{\"isValid\":true,\"agentRequest\":{\"balance\":{\"isSubscriber\":false}}}");

        assertThat(payments.requests()
                        .startProcessingRequest(
                                "123", SCHEME, "987", X402AccessToken.of("TOKEN"), "https://e.com", "GET")
                        .isValidRequest())
                .isFalse();
    }
}
