package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FundingTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Scenario scenario = Scenario.in(SANDBOX.sandbox()).rail("x402_usdc_base");
    private final TestClient paying = scenario.client.with("payment-signature", "0xsigned");

    @Test
    void challengesThenWaitsThenFunds() {
        Answer created = scenario.create();
        assertThat(created.text("state")).isEqualTo("open");
        assertThat(created.json().has("capability_token")).isFalse();

        Answer challenge = scenario.client.post(scenario.path("fund"), "{}");
        assertThat(challenge.status()).isEqualTo(402);
        assertThat(JsonObject.parse(challenge.header("payment-required")).has("accepts"))
                .isTrue();
        assertThat(funding(challenge)).isEqualTo("created");

        Answer pending = paying.post(scenario.path("fund"), "{}");
        assertThat(pending.status()).isEqualTo(202);
        assertThat(pending.json().bool("funded")).hasValue(false);
        assertThat(funding(pending)).isEqualTo("authorization_pending");

        Answer funded = paying.post(scenario.path("fund"), "{}");
        assertThat(funded.status()).isEqualTo(200);
        assertThat(funded.text("state")).isEqualTo("funded");
        assertThat(funding(funded)).isEqualTo("authorization_succeeded");
        assertThat(funded.header("payment-response")).isNotEmpty();
        assertThat(scenario.verify(funded.text("capability_token"), Scenario.OPERATION, 1)
                        .json()
                        .bool("allow"))
                .hasValue(true);
    }

    @Test
    void keepsChallengingUnsignedCalls() {
        scenario.created();
        paying.post(scenario.path("fund"), "{}");

        assertThat(scenario.client.post(scenario.path("fund"), "{}").status()).isEqualTo(402);
    }

    @Test
    void answersAFundedIntentWithTheSameToken() {
        scenario.created();
        paying.post(scenario.path("fund"), "{}");
        String token = paying.post(scenario.path("fund"), "").text("capability_token");

        Answer again = scenario.client.post(scenario.path("fund"), "{}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("capability_token")).isEqualTo(token);
    }

    @Test
    void refusesASecondPaymentWhileOneIsPending() {
        scenario.created();
        paying.post(scenario.path("fund"), "{}");

        Answer other = scenario.client.with("payment-signature", "0xother").post(scenario.path("fund"), "{}");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("intent.payment.conflict");
    }

    @Test
    void fundsAMandateByPolling() {
        scenario.rail("stripe_ach_debit").created();

        assertThat(scenario.client.post(scenario.path("fund"), "{}").status()).isEqualTo(202);
        assertThat(scenario.client.post(scenario.path("fund"), "{}").status()).isEqualTo(200);
    }

    @Test
    void takesAPaymentAuthorizationBesideTheBearer() {
        scenario.rail("stripe_mpp").created();

        assertThat(scenario.client.post(scenario.path("fund"), "{}").status()).isEqualTo(402);
        TestClient authorized = scenario.client.with("x-paybond-payment-authorization", "Payment abc");
        assertThat(authorized.post(scenario.path("fund"), "{}").status()).isEqualTo(202);
        assertThat(authorized.post(scenario.path("fund"), "{}").status()).isEqualTo(200);
    }

    @Test
    void fundsNothingTwice() {
        scenario.rail("stripe_connect").created();
        scenario.submit("{}");

        assertThat(paying.post(scenario.path("fund"), "{}").code()).isEqualTo("intent.state.conflict");
    }

    @Test
    void asksForTheIntentsAmountInTheWordsOfX402() {
        scenario.created();
        JsonObject terms = x402Terms(scenario.client.post(scenario.path("fund"), "{}"));

        assertThat(terms.string("scheme")).hasValue("exact");
        assertThat(terms.string("network")).hasValue("eip155:8453");
        assertThat(terms.string("amount")).hasValue("200000000");
    }

    @ParameterizedTest
    @CsvSource({
        "amount,199999999,invalid_payment_amount",
        "network,eip155:1,invalid_payment_network",
        "payTo,0x0000000000000000000000000000000000000001,invalid_payment_payTo",
        "asset,0x0000000000000000000000000000000000000001,invalid_payment_asset",
        "scheme,upto,invalid_payment_scheme"
    })
    void refusesAPaymentThatAcceptsOtherTerms(String member, String value, String fault) {
        scenario.created();
        JsonObject terms = x402Terms(scenario.client.post(scenario.path("fund"), "{}"));

        assertThat(fault(x402Payment(terms.with(member, value), "200000000", scenario.path("fund"))))
                .isEqualTo(fault);
    }

    @Test
    void refusesAPaymentOfAnotherAmountThanItAccepts() {
        scenario.created();
        JsonObject terms = x402Terms(scenario.client.post(scenario.path("fund"), "{}"));

        assertThat(fault(x402Payment(terms, "1", scenario.path("fund")))).isEqualTo("invalid_payment_value");
    }

    @Test
    void refusesAPaymentForAnotherIntent() {
        scenario.created();
        JsonObject terms = x402Terms(scenario.client.post(scenario.path("fund"), "{}"));
        String other = "/harbor/intents/" + UUID.randomUUID() + "/fund";

        assertThat(fault(x402Payment(terms, "200000000", other))).isEqualTo("invalid_payment_resource");
    }

    @Test
    void takesTheRightPaymentAfterAWrongOne() {
        scenario.created();
        JsonObject terms = x402Terms(scenario.client.post(scenario.path("fund"), "{}"));
        fault(x402Payment(terms, "1", scenario.path("fund")));

        TestClient right = scenario.client.with(
                "payment-signature", x402Payment(terms, "200000000", "/harbor" + scenario.path("fund")));
        assertThat(right.post(scenario.path("fund"), "{}").status()).isEqualTo(202);
        assertThat(right.post(scenario.path("fund"), "{}").status()).isEqualTo(200);
    }

    @Test
    void refusesAnOversizedPayment() {
        scenario.created();

        Answer answer = scenario.client
                .with("payment-signature", "x".repeat((16 << 10) + 1))
                .post(scenario.path("fund"), "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation_error");
    }

    @Test
    void challengesAPaymentSchemePayerInTwoWays() {
        scenario.rail("stripe_mpp").created();

        String challenge = scenario.client.post(scenario.path("fund"), "{}").header("www-authenticate");
        assertThat(challenge)
                .contains("method=\"stripe\", intent=\"charge\"")
                .contains("method=\"tempo\", intent=\"session\"");
        assertThat(JsonObject.parse(Base64.getUrlDecoder().decode(member(challenge, "request"))))
                .isEqualTo(
                        JsonObject.parse("{\"amount\":\"20000\",\"currency\":\"usd\",\"recipient\":\"acct_sandbox\"}"));
    }

    @Test
    void takesACredentialForItsOwnChallengeOnly() {
        scenario.rail("stripe_mpp").created();
        String challenge = scenario.client.post(scenario.path("fund"), "{}").header("www-authenticate");
        JsonObject echo = JsonObject.of(Map.of(
                "id",
                member(challenge, "id"),
                "method",
                "stripe",
                "intent",
                "charge",
                "request",
                member(challenge, "request")));

        Answer foreign = presenting(echo.with("id", "0".repeat(32)));
        assertThat(foreign.status()).isEqualTo(402);
        assertThat(funding(foreign)).isEqualTo("credential_rejected");
        assertThat(presenting(echo.with("method", "tempo")).status()).isEqualTo(402);
        assertThat(presenting(echo).status()).isEqualTo(202);
        Answer paid = presenting(echo);
        assertThat(paid.status()).isEqualTo(200);
        assertThat(JsonObject.parse(Base64.getUrlDecoder().decode(paid.header("payment-receipt")))
                        .string("status"))
                .hasValue("success");
    }

    private Answer presenting(JsonObject echo) {
        String json = JsonObject.builder().put("challenge", echo).build().toJson();
        String credential =
                Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        return scenario.client
                .with("x-paybond-payment-authorization", "Payment " + credential)
                .post(scenario.path("fund"), "{}");
    }

    private static String member(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static JsonObject x402Terms(Answer challenge) {
        return JsonObject.parse(challenge.header("payment-required"))
                .array("accepts")
                .orElseThrow()
                .objectItems()
                .findFirst()
                .orElseThrow();
    }

    private static String x402Payment(JsonObject accepted, String value, String resource) {
        JsonObject authorization = JsonObject.of(
                Map.of("value", value, "to", accepted.string("payTo").orElseThrow()));
        JsonObject payment = JsonObject.builder()
                .put("x402Version", 2)
                .put("resource", JsonObject.of(Map.of("url", resource)))
                .put("accepted", accepted)
                .put("payload", JsonObject.of(Map.of("signature", "0x00", "authorization", authorization)))
                .build();
        return Base64.getEncoder().encodeToString(payment.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private String fault(String payment) {
        Answer answer = scenario.client.with("payment-signature", payment).post(scenario.path("fund"), "{}");
        assertThat(answer.status()).isEqualTo(402);
        assertThat(funding(answer)).isEqualTo("authorization_failed");
        return JsonObject.parse(answer.header("payment-required"))
                .string("error")
                .orElse("");
    }

    private static String funding(Answer answer) {
        return answer.json().object("funding").orElseThrow().string("status").orElseThrow();
    }
}
