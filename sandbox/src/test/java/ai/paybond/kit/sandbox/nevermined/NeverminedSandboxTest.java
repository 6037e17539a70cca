package ai.paybond.kit.sandbox.nevermined;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attacks on the embedded backend, spoken without the kit's client. */
class NeverminedSandboxTest {
    private static final String ENDPOINT = "https://agent.test/ask/:topic";

    private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final InstantSource time = () -> now;
    private final NeverminedSandbox sandbox = NeverminedSandbox.start(0, time.withZone(ZoneOffset.UTC));
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private JsonObject call(NeverminedAccount as, String method, String path, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .header("Authorization", "Bearer " + as.apiKey())
                .method(method, BodyPublishers.ofString(body.toJson()))
                .build();
        try {
            HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
            return JsonObject.parse(reply.body()).with("status", reply.statusCode());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonObject post(NeverminedAccount as, String path, Map<String, ?> body) {
        return call(as, "POST", path, JsonObject.of(body));
    }

    private String plan(int least, int most) {
        Map<String, Object> credits = Map.of(
                "isRedemptionAmountFixed",
                least == most,
                "amount",
                "10",
                "minAmount",
                least + "",
                "maxAmount",
                most + "");
        return post(
                        sandbox.seller(),
                        "/api/v1/protocol/plans",
                        Map.of(
                                "metadataAttributes", Map.of("name", "Basic"),
                                "priceConfig", Map.of("isCrypto", true, "amounts", List.of("2000000")),
                                "creditsConfig", credits))
                .string("planId")
                .orElseThrow();
    }

    private String agent(String planId) {
        return post(
                        sandbox.seller(),
                        "/api/v1/protocol/agents",
                        Map.of(
                                "metadataAttributes", Map.of("name", "Agent"),
                                "agentApiAttributes", Map.of("endpoints", List.of(Map.of("POST", ENDPOINT))),
                                "plans", List.of(planId)))
                .object("data")
                .orElseThrow()
                .string("agentId")
                .orElseThrow();
    }

    private String delegation(int cents) {
        return post(
                        sandbox.buyer(),
                        "/api/v1/delegation/create",
                        Map.of(
                                "provider",
                                "erc4337",
                                "spendingLimitCents",
                                cents,
                                "durationSecs",
                                600,
                                "currency",
                                "usdc"))
                .string("delegationId")
                .orElseThrow();
    }

    private static Map<String, Object> accepted(String planId, Map<String, ?> extra) {
        return Map.of("scheme", "nvm:erc4337", "network", "eip155:84532", "planId", planId, "extra", extra);
    }

    private String token(String planId, String delegationId) {
        return post(
                        sandbox.buyer(),
                        "/api/v1/x402/permissions",
                        Map.of(
                                "accepted",
                                accepted(planId, Map.of()),
                                "delegationConfig",
                                Map.of("delegationId", delegationId)))
                .string("accessToken")
                .orElseThrow();
    }

    private JsonObject facilitate(String action, String planId, String token, String amount) {
        return facilitate(action, sandbox.seller(), planId, Map.of(), "", token, amount);
    }

    private JsonObject facilitate(
            String action,
            NeverminedAccount as,
            String planId,
            Map<String, ?> extra,
            String url,
            String token,
            String amount) {
        return post(
                as,
                "/api/v1/x402/" + action,
                Map.of(
                        "paymentRequired",
                        Map.of(
                                "x402Version",
                                2,
                                "resource",
                                Map.of("url", url),
                                "accepts",
                                List.of(accepted(planId, extra)),
                                "extensions",
                                Map.of()),
                        "x402AccessToken",
                        token,
                        "maxAmount",
                        amount));
    }

    @Test
    void burnsTheFixedAmountWhateverIsAsked() {
        String planId = plan(3, 3);
        sandbox.grant(planId, sandbox.buyer(), 10);

        JsonObject receipt = facilitate("settle", planId, token(planId, delegation(100)), "1");

        assertThat(receipt.string("creditsRedeemed")).contains("3");
        assertThat(sandbox.balance(planId, sandbox.buyer())).isEqualTo(7);
    }

    @Test
    void clampsIntoTheRange() {
        String planId = plan(2, 5);
        sandbox.grant(planId, sandbox.buyer(), 20);
        String token = token(planId, delegation(100));

        assertThat(facilitate("settle", planId, token, "1").string("creditsRedeemed"))
                .contains("2");
        assertThat(facilitate("settle", planId, token, "9").string("creditsRedeemed"))
                .contains("5");
        assertThat(facilitate("settle", planId, token, "4").string("creditsRedeemed"))
                .contains("4");
    }

    @Test
    void burnsNothingWhenVerifying() {
        String planId = plan(1, 1);
        sandbox.grant(planId, sandbox.buyer(), 1);

        JsonObject answer = facilitate("verify", planId, token(planId, delegation(100)), "1");

        assertThat(answer.bool("isValid")).contains(true);
        assertThat(sandbox.ledger(CreditLine.Kind.BURN)).isEmpty();
    }

    @Test
    void ordersMoreOutOfTheDelegationWhileItCanPay() {
        String planId = plan(10, 10);
        String token = token(planId, delegation(200));

        assertThat(facilitate("verify", planId, token, "10").bool("isValid")).contains(true);
        assertThat(facilitate("settle", planId, token, "10").string("orderTx")).isPresent();
        assertThat(facilitate("verify", planId, token, "10").string("invalidReason"))
                .contains("Insufficient credits");
        assertThat(facilitate("settle", planId, token, "10").bool("success")).contains(false);
        assertThat(sandbox.ledger(CreditLine.Kind.BURN)).hasSize(1);
    }

    @Test
    void burnsAgainWhenASettleIsRepeated() {
        String planId = plan(1, 1);
        sandbox.grant(planId, sandbox.buyer(), 5);
        String token = token(planId, delegation(100));

        facilitate("settle", planId, token, "1");
        facilitate("settle", planId, token, "1");

        assertThat(sandbox.balance(planId, sandbox.buyer())).isEqualTo(BigInteger.valueOf(3));
    }

    @Test
    void refusesATokenWhoseContentsWereAltered() {
        String cheap = plan(1, 1);
        String other = plan(1, 1);
        String token = token(cheap, delegation(100));
        String altered = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).replace(cheap, other);

        JsonObject answer = facilitate(
                "verify", other, Base64.getUrlEncoder().encodeToString(altered.getBytes(StandardCharsets.UTF_8)), "1");

        assertThat(answer.string("code")).contains("BCK.X402.0005");
    }

    @Test
    void refusesWhatIsNoToken() {
        assertThat(facilitate("verify", plan(1, 1), "not-a-token", "1").string("code"))
                .contains("BCK.X402.0010");
    }

    @Test
    void refusesATokenForAnotherPlan() {
        assertThat(facilitate("verify", plan(1, 1), token(plan(1, 1), delegation(100)), "1")
                        .string("code"))
                .contains("BCK.X402.0013");
    }

    @Test
    void letsOnlyThePlansOwnerVerify() {
        String planId = plan(1, 1);
        JsonObject answer = facilitate(
                "verify", sandbox.account("rival"), planId, Map.of(), "", token(planId, delegation(100)), "1");

        assertThat(answer.string("code")).contains("BCK.X402.0029");
    }

    @Test
    void refusesATokenOfAnExpiredOrRevokedDelegation() {
        String planId = plan(1, 1);
        String revoked = delegation(100);
        String token = token(planId, revoked);
        sandbox.revokeDelegation(revoked);
        assertThat(facilitate("verify", planId, token, "1").string("code")).contains("BCK.X402.0020");

        String expired = token(planId, delegation(100));
        now = now.plusSeconds(600);
        assertThat(facilitate("verify", planId, expired, "1").string("code")).contains("BCK.X402.0021");
    }

    @Test
    void refusesADelegationOfSomeoneElse() {
        String planId = plan(1, 1);
        JsonObject answer = post(
                sandbox.account("thief"),
                "/api/v1/x402/permissions",
                Map.of(
                        "accepted",
                        accepted(planId, Map.of()),
                        "delegationConfig",
                        Map.of("delegationId", delegation(100))));

        assertThat(answer.string("code")).contains("BCK.X402.0029");
    }

    @Test
    void holdsTheCallAgainstTheAgentsEndpoints() {
        String planId = plan(1, 1);
        sandbox.grant(planId, sandbox.buyer(), 5);
        String token = token(planId, delegation(100));
        Map<String, String> extra = Map.of("agentId", agent(planId), "httpVerb", "POST");

        assertThat(verifyAt("https://agent.test/ask/weather", planId, extra, token)
                        .string("urlMatching"))
                .contains(ENDPOINT);
        assertThat(verifyAt("https://agent.test/ask/a/b", planId, extra, token).bool("isValid"))
                .contains(false);
        assertThat(verifyAt("", planId, extra, token).string("code")).contains("BCK.X402.0012");
    }

    private JsonObject verifyAt(String url, String planId, Map<String, ?> extra, String token) {
        return facilitate("verify", sandbox.seller(), planId, extra, url, token, "1");
    }

    @Test
    void answersNobodyWithoutAKey() {
        NeverminedAccount unknown = new NeverminedAccount("x", "0x0", "local:a.b.c");

        assertThat(call(unknown, "GET", "/api/v1/protocol/plans", JsonObject.of(Map.of()))
                        .string("code"))
                .contains("BCK.AUTH.0002");
    }

    @Test
    void loosesTheAnswerAfterBurningWhenToldTo() {
        String planId = plan(1, 1);
        sandbox.grant(planId, sandbox.buyer(), 1);
        String token = token(planId, delegation(1));
        sandbox.faults()
                .onNext(
                        NeverminedRoute.SETTLE,
                        Fault.status(504).code("gateway_timeout").afterHandling());

        assertThat(facilitate("settle", planId, token, "1").integer("status")).contains(504L);
        assertThat(sandbox.ledger(CreditLine.Kind.BURN)).hasSize(1);
    }
}
