package ai.paybond.kit.examples.nevermined;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.Admission.Admitted;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import ai.paybond.kit.nevermined.charge.Grant;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The guide's two programs against the sandbox. */
class SeedProgramsTest {
    private final Market market = new Market(1);
    private final PayingClient client = new PayingClient(market.buyer);

    @AfterEach
    void close() {
        market.close();
    }

    private X402AccessToken token() {
        return client.token(market.agent.planId(), market.agent.agentId());
    }

    @Test
    void thePaidServerAnswers402Then200AndCreditsGoDown() throws Exception {
        market.buy();
        try (PaidAgentServer server = PaidAgentServer.start(
                market.seller, Market.AGENT_HOST, market.agent.planId(), market.agent.agentId())) {
            HttpResponse<String> unpaid = client.ask(server.address(), null);
            assertThat(unpaid.statusCode()).isEqualTo(402);
            assertThat(unpaid.headers().firstValue(PaymentRequired.HEADER)).isPresent();

            HttpResponse<String> paid = client.ask(server.address(), token());
            assertThat(paid.statusCode()).isEqualTo(200);
            assertThat(paid.body()).contains("Hello from the agent!");
            assertThat(paid.headers().firstValue(SettlementReceipt.HEADER)).isPresent();
            assertThat(market.credits()).isEqualTo(99);
        }
    }

    @Test
    void theGuidesServerAnswers402Then200AndCreditsGoDown() throws Exception {
        market.buy();
        try (SeedAgentServer server =
                new SeedAgentServer(market.seller, Market.AGENT_HOST, market.agent.planId(), market.agent.agentId())) {
            assertThat(client.ask(server.address(), null).statusCode()).isEqualTo(402);
            assertThat(client.ask(server.address(), X402AccessToken.of("forged"))
                            .statusCode())
                    .isEqualTo(402);
            assertThat(client.ask(server.address(), token()).statusCode()).isEqualTo(200);
            assertThat(market.credits()).isEqualTo(99);
        }
    }

    @Test
    void aSecondSettleOfTheSameRequestIsAbsorbed() {
        market.buy();
        ChargeDesk desk = ChargeDesk.builder(market.seller).build();
        PaymentRequired required = PaymentRequired.forPlan(
                        market.agent.planId(),
                        PaymentScheme.crypto(market.seller.options().environment()))
                .agentId(market.agent.agentId())
                .endpoint(Market.AGENT_HOST + "/prompt")
                .httpVerb("POST")
                .build();
        Grant grant = ((Admitted) desk.admit(required, token(), BigInteger.ONE)).grant();

        assertThat(desk.charge(grant, BigInteger.ONE).absorbed()).isFalse();
        assertThat(desk.charge(grant, BigInteger.ONE)).satisfies(second -> {
            assertThat(second.absorbed()).isTrue();
            assertThat(second.receipt().flatMap(SettlementReceipt::transaction)).isPresent();
        });
        assertThat(market.credits()).isEqualTo(99);
    }
}
