package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.paegents.activation.ActivationFlow;
import ai.paybond.kit.paegents.activation.ActivationOrder;
import ai.paybond.kit.paegents.activation.ActivationOutcome;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.Catalogue.Service;
import ai.paybond.kit.paegents.escrow.ActivationTerms;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.usdc.UsdcAmounts;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Workflow 2: a bilateral escrow, from the proposal to its confirmation on the chain. The key never leaves this process. */
public final class EscrowPurchase {
    private static final System.Logger LOG = System.getLogger(EscrowPurchase.class.getName());

    private final PaegentsMarket market;

    public EscrowPurchase(PaegentsMarket market) {
        this.market = market;
    }

    public static void main(String[] args) {
        try (PaegentsMarket market = PaegentsMarket.open()) {
            LOG.log(Level.INFO, "{0}", new EscrowPurchase(market).run());
        }
    }

    /** How the activation ended. */
    public ActivationOutcome run() {
        Service service = market.offer("Translation", URI.create("https://seller.example/api"), false);
        Agreement proposed = market.buyer()
                .agreements()
                .create(market.proposal(service, 100))
                .orThrow();
        market.seller().agreements().accept(proposed.id());
        return activate(proposed, 100);
    }

    /** Checks, signs, submits and waits; run again after a crash, it goes on. */
    ActivationOutcome activate(Agreement agreement, long quantity) {
        ActivationOrder order = ActivationOrder.of(
                agreement.id(),
                terms(quantity),
                EvmAddress.parse(SimulatedChain.GAS_WALLET),
                UsdcAmounts.directPaymentFee(quantity * PaegentsMarket.PRICE_CENTS));
        return ActivationFlow.builder(
                        market.buyer(), market.buyerWallet(), market.profile(), owner -> market.permitNonce())
                .clock(market.clock())
                .pause(market.pause())
                .build()
                .run(order);
    }

    /** What the buyer knows was agreed, whatever the server's package says. */
    private ActivationTerms terms(long quantity) {
        return new ActivationTerms(
                UsdcToken.BASE_SEPOLIA,
                Set.of(EvmAddress.parse(SimulatedChain.ESCROW)),
                market.sellerWallet().address(),
                BigInteger.valueOf(quantity),
                UsdcAmounts.ofCents(PaegentsMarket.PRICE_CENTS),
                Duration.ofHours(2),
                Duration.ofDays(2));
    }
}
