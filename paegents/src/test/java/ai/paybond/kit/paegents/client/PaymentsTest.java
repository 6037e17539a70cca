package ai.paybond.kit.paegents.client;

import static ai.paybond.kit.paegents.PaegentsWorld.BUYER_KEY;
import static ai.paybond.kit.paegents.PaegentsWorld.FUNDS;
import static ai.paybond.kit.paegents.PaegentsWorld.GAS_WALLET;
import static ai.paybond.kit.paegents.PaegentsWorld.SELLER_KEY;
import static ai.paybond.kit.paegents.PaegentsWorld.TOKEN;
import static ai.paybond.kit.paegents.Refusals.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.PaegentsWorld;
import ai.paybond.kit.paegents.client.Catalogue.Service;
import ai.paybond.kit.paegents.client.Mandates.IntentRequest;
import ai.paybond.kit.paegents.client.Mandates.Payment;
import ai.paybond.kit.paegents.x402.ExactPaymentSigner;
import ai.paybond.kit.paegents.x402.ExactRequirements;
import ai.paybond.kit.paegents.x402.PaymentTerms;
import ai.paybond.kit.paegents.x402.X402Version;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Carts and direct agreements paid by every method there is, and what the sandbox refuses of them. */
class PaymentsTest {
    private static final BigInteger PRICE = BigInteger.valueOf(5_000_000);

    private final PaegentsWorld world = new PaegentsWorld();
    private final String buyerWallet = BUYER_KEY.address().checksummed();
    private final String sellerWallet = SELLER_KEY.address().checksummed();
    private final String intent =
            world.buyer.mandates().createIntent(IntentRequest.upTo(500, "usd")).id();
    private final String cart =
            world.buyer.mandates().createCart(intent, 500, "usd").id();

    @AfterEach
    void close() {
        world.close();
    }

    private Submission<Payment> pay(PaymentMethod method) {
        return world.buyer.mandates().pay(intent, cart, method);
    }

    private static void assertRefused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PaegentsApiException.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.code()).isEqualTo(code);
        });
    }

    private BigInteger balance(String wallet) {
        return world.sandbox.chain().balance(wallet);
    }

    @Test
    void paysACartByBraintree() {
        JsonObject extra = JsonObject.builder()
                .put("customer_id", "cust_1")
                .put("merchant_account_id", "merchant_1")
                .build();

        Payment payment = pay(PaymentMethod.braintree(extra)).orThrow();

        assertThat(payment.rail()).contains("braintree");
        assertThat(payment.raw().string("processor")).contains("braintree");
        assertThat(payment.onchainTransaction()).isEmpty();
        assertThat(JsonObject.parse(world.sandbox
                                .requests()
                                .get(world.sandbox.requests().size() - 1)
                                .body())
                        .object("payment_method")
                        .flatMap(method -> method.object("extra")))
                .contains(extra);
    }

    @Test
    void deniesBraintreeWhenTheOwnerAllowsCardsOnly() {
        world.buyer
                .withOwner(world.ownerJwt())
                .policies()
                .update(AgentPolicy.unrestricted().rails("card"));

        assertThatThrownBy(
                        () -> pay(PaymentMethod.braintree(JsonObject.builder().build())))
                .isInstanceOf(PolicyDeniedException.class);
    }

    private PaymentMethod stablecoin(long cents) {
        BigInteger amount = BigInteger.valueOf(cents * 10_000);
        JsonObject requirements = JsonObject.builder()
                .put("scheme", "exact")
                .put("network", TOKEN.network())
                .put("maxAmountRequired", amount.toString())
                .put("resource", "cart")
                .put("description", "A cart")
                .put("mimeType", "application/json")
                .put("payTo", sellerWallet)
                .put("maxTimeoutSeconds", 600)
                .put("asset", TOKEN.address().checksummed())
                .put(
                        "extra",
                        JsonObject.builder()
                                .put("name", TOKEN.name())
                                .put("version", TOKEN.version())
                                .build())
                .build();
        PaymentTerms terms = new PaymentTerms(TOKEN, SELLER_KEY.address(), amount, Duration.ofMinutes(10));
        return PaymentMethod.stablecoin(new ExactPaymentSigner(
                        BUYER_KEY, world.clock, () -> Digest32.sha256(cart.getBytes(StandardCharsets.UTF_8)))
                .sign(
                        ExactRequirements.parse(X402Version.V1, requirements),
                        terms,
                        JsonObject.builder().build()));
    }

    @Test
    void paysACartInStablecoin() {
        Payment payment = pay(stablecoin(500)).orThrow();

        assertThat(payment.rail()).contains("stablecoin");
        assertThat(payment.onchainTransaction()).isPresent();
        assertThat(balance(sellerWallet)).isEqualTo(PRICE);
        assertThat(balance(buyerWallet)).isEqualTo(FUNDS.subtract(PRICE));
    }

    @Test
    void refusesAStablecoinPaymentOverLessThanTheCart() {
        assertRefused(402, "wrong_amount", () -> pay(stablecoin(499)));
        assertThat(balance(sellerWallet)).isZero();
        assertThat(pay(stablecoin(500)).needsApproval()).isFalse();
    }

    @Test
    void refusesTheSameStablecoinPaymentForAnotherCart() {
        PaymentMethod paid = stablecoin(500);
        pay(paid);
        String second = world.buyer.mandates().createCart(intent, 500, "usd").id();

        assertRefused(402, "nonce_reused", () -> world.buyer.mandates().pay(intent, second, paid));
        assertThat(balance(sellerWallet)).isEqualTo(PRICE);
    }

    @Test
    void refusesAStablecoinPaymentThatIsNotSigned() {
        PaymentMethod unsigned = new PaymentMethod("stablecoin", "coinbase", null, sellerWallet, null, null);

        assertRefused(402, "stablecoin_error", () -> pay(unsigned));
    }

    @Test
    void deniesAnAgreementOfASanctionedWallet() {
        world.sandbox.chain().sanction(buyerWallet);

        assertRefused(403, "wallet_sanctioned", () -> world.agreement(10));
        assertThat(world.buyer.agreements().list(null, null, 10)).isEmpty();
    }

    private Agreement direct(DirectPayment payment) {
        Service service = world.seller
                .catalogue()
                .register(world.registration("Report", false).build());
        return world.buyer
                .agreements()
                .create(AgreementRequest.builder(world.sandbox.seller().id(), service.id())
                        .units(1, "report", 500)
                        .direct(payment)
                        .build())
                .orThrow();
    }

    private DirectPayment signed(Duration timeout) {
        DirectPayment.Order order = new DirectPayment.Order(
                TOKEN, SELLER_KEY.address(), 500, "report", GAS_WALLET, world.permitNonce(), timeout);
        return DirectPayment.sign(
                BUYER_KEY, order, NonceRegister.inMemory(), world.clock, () -> Digest32.sha256(new byte[] {1}));
    }

    @Test
    void collectsTheFeeAndPaysTheSellerDirectly() {
        Agreement agreement = direct(signed(Duration.ofMinutes(10)));

        assertThat(world.seller.agreements().accept(agreement.id()).status()).isEqualTo("completed");
        assertThat(balance(sellerWallet)).isEqualTo(PRICE);
        assertThat(balance(GAS_WALLET.checksummed())).isEqualTo(BigInteger.valueOf(103_000));
    }

    @Test
    void keepsNoFeeOfADirectPaymentThatFails() {
        DirectPayment good = signed(Duration.ofMinutes(10));
        DirectPayment broken = new DirectPayment(
                good.buyer(),
                "bm90IGEgcGF5bWVudA==",
                good.feePermitSignature(),
                good.feePermitDeadline(),
                good.infraFee());
        Agreement agreement = direct(broken);

        assertRefused(402, "stablecoin_error", () -> world.seller.agreements().accept(agreement.id()));

        assertThat(balance(GAS_WALLET.checksummed())).isZero();
        assertThat(world.permitNonce()).isZero();
        assertThat(world.buyer.agreements().get(agreement.id()).status()).isEqualTo("proposed");
    }

    @Test
    void takesNothingFromAWalletThatHasNotGotFeeAndPrice() {
        world.sandbox.chain().transfer(buyerWallet, OTHER.address().checksummed(), FUNDS.subtract(PRICE));
        BigInteger before = balance(sellerWallet);
        Agreement agreement = direct(signed(Duration.ofMinutes(10)));

        assertRefused(
                402, "insufficient_balance", () -> world.seller.agreements().accept(agreement.id()));

        assertThat(balance(buyerWallet)).isEqualTo(PRICE);
        assertThat(balance(sellerWallet)).isEqualTo(before);
    }
}
