package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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

    private static String funding(Answer answer) {
        return answer.json().object("funding").orElseThrow().string("status").orElseThrow();
    }
}
