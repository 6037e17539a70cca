package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.Agreements.Usage;
import ai.paybond.kit.paegents.client.Escrows.SettlementOptions;
import ai.paybond.kit.paegents.client.MeteredClient;
import ai.paybond.kit.paegents.escrow.EscrowMessage;
import ai.paybond.kit.paegents.escrow.EscrowSigner;
import ai.paybond.kit.paegents.escrow.SettlementTerms;
import ai.paybond.kit.paegents.escrow.SignedIntent;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.json.JsonObject;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;

/**
 * Workflow 3: calls through the metered proxy, use recorded besides, and the settlement. The seller is paid by itself once the
 * challenge window is over; the buyer then takes back what was not used, by a signed message that Paegents relays.
 */
public final class MeteredUse {
    private static final System.Logger LOG = System.getLogger(MeteredUse.class.getName());

    private final PaegentsMarket market;

    public MeteredUse(PaegentsMarket market) {
        this.market = market;
    }

    public static void main(String[] args) {
        try (PaegentsMarket market = PaegentsMarket.open();
                TextSeller seller = TextSeller.start()) {
            LOG.log(Level.INFO, "{0}", new MeteredUse(market).use(seller.url()));
        }
    }

    /**
     * Ten units bought, three used.
     *
     * @param endpoint where the seller answers
     * @return the agreement that waits for its challenge window
     */
    public Agreement use(URI endpoint) {
        Agreement agreement = market.activeAgreement(market.offer("Text", endpoint, true), 10);
        MeteredClient client = market.buyer().metered(agreement.id());
        client.post(
                "/generate",
                JsonObject.builder()
                        .put("prompt", "hello world")
                        .put("max_tokens", 150)
                        .build());
        market.seller().agreements().recordUsage(agreement.id(), Usage.of(1));
        return market.seller().agreements().recordUsage(agreement.id(), new Usage(1, true, null));
    }

    /** Takes back what was not used, once the agreement is settled. */
    public void withdraw(Agreement agreement) {
        SettlementOptions options =
                market.buyer().escrows().settlementOptions(agreement.id(), EscrowMessage.BUYER_WITHDRAW);
        JsonObject values = options.values().orElseThrow();
        SettlementTerms terms = new SettlementTerms(
                SimulatedChain.CHAIN_ID,
                EvmAddress.parse(SimulatedChain.ESCROW),
                values.string("agreement_key").orElseThrow(),
                Duration.ofMinutes(15));
        SignedIntent signed = new EscrowSigner(
                        market.buyerWallet(), market.profile(), NonceRegister.inMemory(), market.clock())
                .settle(EscrowMessage.BUYER_WITHDRAW, values, terms);
        market.buyer().escrows().submitSponsored(agreement.id(), EscrowMessage.BUYER_WITHDRAW, signed);
    }
}
