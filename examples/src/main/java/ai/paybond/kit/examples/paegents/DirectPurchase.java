package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.AgreementRequest;
import ai.paybond.kit.paegents.client.Catalogue.Service;
import ai.paybond.kit.paegents.client.DirectPayment;
import ai.paybond.kit.paegents.client.Receipts.PaymentRequirements;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.wire.Digest32;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;

/** Workflow 4: a one-off payment in stablecoin, without an escrow. Two signatures, made in one call. */
public final class DirectPurchase {
    private static final System.Logger LOG = System.getLogger(DirectPurchase.class.getName());
    private static final long AMOUNT_CENTS = 500;

    private final PaegentsMarket market;

    public DirectPurchase(PaegentsMarket market) {
        this.market = market;
    }

    public static void main(String[] args) {
        try (PaegentsMarket market = PaegentsMarket.open()) {
            LOG.log(Level.INFO, "{0}", new DirectPurchase(market).run());
        }
    }

    /** The agreement, paid. */
    public Agreement run() {
        Service service = market.offer("Report", URI.create("https://seller.example/api"), false);
        PaymentRequirements required = market.buyer().receipts().requirements(AMOUNT_CENTS, "stablecoin");
        DirectPayment payment = DirectPayment.sign(
                market.buyerWallet(),
                new DirectPayment.Order(
                        UsdcToken.BASE_SEPOLIA,
                        market.sellerWallet().address(),
                        AMOUNT_CENTS,
                        service.id(),
                        required.gasWallet().orElseThrow(),
                        market.permitNonce(),
                        Duration.ofMinutes(10)),
                NonceRegister.inMemory(),
                market.clock(),
                DirectPurchase::random);
        if (!required.infraFeeAtomic().equals(Optional.of(payment.infraFee()))) {
            throw new IllegalStateException("Paegents asks for another fee than it publishes");
        }
        Agreement proposed = market.buyer()
                .agreements()
                .create(AgreementRequest.builder(market.sandbox().seller().id(), service.id())
                        .units(1, "report", AMOUNT_CENTS)
                        .direct(payment)
                        .build())
                .orThrow();
        return market.seller().agreements().accept(proposed.id());
    }

    private static Digest32 random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Digest32.of(bytes);
    }
}
