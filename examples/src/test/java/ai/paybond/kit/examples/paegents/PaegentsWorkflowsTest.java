package ai.paybond.kit.examples.paegents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.paegents.activation.ActivationOutcome.Active;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The five workflows of Paegents' documentation, over HTTP against the sandbox. */
class PaegentsWorkflowsTest {
    private final PassingTime time = new PassingTime();
    private final PaegentsMarket market = PaegentsMarket.open(time, time::advance);

    @AfterEach
    void close() {
        market.close();
    }

    private BigInteger balance(String address) {
        return market.sandbox().chain().balance(address);
    }

    @Test
    void findsAndBuysAService() {
        Agreement agreement = new ServicePurchase(market).run();

        assertThat(agreement.status()).isEqualTo("accepted");
        assertThat(agreement.activationStatus()).contains("ready");
    }

    @Test
    void activatesAnEscrow() {
        assertThat(new EscrowPurchase(market).run()).isInstanceOf(Active.class);
        assertThat(balance(SimulatedChain.ESCROW)).isEqualTo(BigInteger.valueOf(10_000_000));
    }

    @Test
    void usesAServiceAndSettles() {
        try (TextSeller seller = TextSeller.start()) {
            MeteredUse workflow = new MeteredUse(market);
            Agreement agreement = workflow.use(seller.url());
            assertThat(agreement.status()).isEqualTo("closing");
            assertThat(agreement.unitsUsed()).contains(3L);

            time.advance(Duration.ofHours(1));
            assertThat(market.buyer().agreements().get(agreement.id()).status()).isEqualTo("settled");
            assertThat(balance(market.sellerWallet().address().checksummed())).isEqualTo(BigInteger.valueOf(300_000));

            workflow.withdraw(agreement);
            assertThat(balance(SimulatedChain.ESCROW)).isEqualTo(BigInteger.ZERO);
        }
    }

    @Test
    void paysDirectly() {
        Agreement agreement = new DirectPurchase(market).run();

        assertThat(agreement.status()).isEqualTo("completed");
        assertThat(balance(market.sellerWallet().address().checksummed())).isEqualTo(BigInteger.valueOf(5_000_000));
        assertThat(balance(SimulatedChain.GAS_WALLET)).isEqualTo(BigInteger.valueOf(103_000));
    }

    @Test
    void goesOnWhenTheOwnerApproves() {
        assertThat(new PolicyOversight(market).run(true))
                .hasValueSatisfying(agreement -> assertThat(agreement.status()).isEqualTo("accepted"));
    }

    @Test
    void stopsWhenTheOwnerRejects() {
        assertThat(new PolicyOversight(market).run(false)).isEmpty();
        assertThat(market.buyer().agreements().list("buyer", null, 10)).isEmpty();
    }
}
