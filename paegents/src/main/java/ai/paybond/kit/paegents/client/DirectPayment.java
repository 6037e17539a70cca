package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmSigner;
import ai.paybond.kit.paegents.usdc.PermitLimits;
import ai.paybond.kit.paegents.usdc.PermitSigner;
import ai.paybond.kit.paegents.usdc.SignedPermit;
import ai.paybond.kit.paegents.usdc.UsdcAmounts;
import ai.paybond.kit.paegents.usdc.UsdcPermit;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.paegents.x402.ExactPayment;
import ai.paybond.kit.paegents.x402.ExactPaymentSigner;
import ai.paybond.kit.paegents.x402.ExactRequirements;
import ai.paybond.kit.paegents.x402.PaymentTerms;
import ai.paybond.kit.paegents.x402.X402Version;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * SDK: {@code build_direct_stablecoin_agreement}: the two signatures of a payment straight to a seller, made in one call. The
 * payment is over the full amount; the platform's fee, by its published formula, is collected besides by a permit.
 *
 * @param paymentHeader the signed payment, as the header of x402 version 1; worth money until it has expired
 * @param feePermitDeadline in seconds since 1970
 * @param infraFee in USDC's smallest unit
 */
public record DirectPayment(
        EvmAddress buyer,
        String paymentHeader,
        String feePermitSignature,
        BigInteger feePermitDeadline,
        BigInteger infraFee) {

    /**
     * What is paid to whom.
     *
     * @param amountCents in cents
     * @param resourceId what it is for
     * @param gasWallet who collects the fee, as the payment requirements name it
     * @param permitNonce the token contract's {@code nonces(buyer)}
     * @param timeout how long the signatures stay usable; the seller has to accept within it
     */
    public record Order(
            UsdcToken token,
            EvmAddress seller,
            long amountCents,
            String resourceId,
            EvmAddress gasWallet,
            BigInteger permitNonce,
            Duration timeout) {}

    /**
     * Signs both.
     *
     * @param randomNonces gives 32 fresh random bytes at each call, from a cryptographically strong source
     * @throws ai.paybond.kit.paegents.SigningRefusedException {@code paegents.amount}, {@code paegents.wrong_payee},
     *     {@code paegents.wrong_spender} or {@code paegents.nonce_reused}
     */
    public static DirectPayment sign(
            EvmSigner signer, Order order, NonceRegister nonces, Clock clock, Supplier<Digest32> randomNonces) {
        ExactPayment payment = payment(signer, order, clock, randomNonces);
        SignedPermit permit = feePermit(signer, order, nonces, clock);
        return new DirectPayment(
                signer.address(),
                payment.headerValue(),
                permit.signature().hex(),
                permit.permit().deadline(),
                permit.permit().value());
    }

    private static ExactPayment payment(EvmSigner signer, Order order, Clock clock, Supplier<Digest32> randomNonces) {
        BigInteger amount = UsdcAmounts.ofCents(order.amountCents());
        UsdcToken token = order.token();
        JsonObject domain = JsonObject.builder()
                .put("name", token.name())
                .put("version", token.version())
                .build();
        JsonObject requirements = JsonObject.builder()
                .put("scheme", "exact")
                .put("network", token.network())
                .put("maxAmountRequired", amount.toString())
                .put("resource", order.resourceId())
                .put("description", "Stablecoin payment")
                .put("mimeType", "application/json")
                .put("payTo", order.seller().checksummed())
                .put("maxTimeoutSeconds", order.timeout().toSeconds())
                .put("asset", token.address().checksummed())
                .put("extra", domain)
                .build();
        PaymentTerms terms = new PaymentTerms(token, order.seller(), amount, order.timeout());
        return new ExactPaymentSigner(signer, clock, randomNonces)
                .sign(
                        ExactRequirements.parse(X402Version.V1, requirements),
                        terms,
                        JsonObject.builder().build());
    }

    private static SignedPermit feePermit(EvmSigner signer, Order order, NonceRegister nonces, Clock clock) {
        BigInteger fee = UsdcAmounts.directPaymentFee(order.amountCents());
        BigInteger deadline =
                BigInteger.valueOf(clock.instant().plus(order.timeout()).getEpochSecond());
        UsdcPermit permit = new UsdcPermit(signer.address(), order.gasWallet(), fee, order.permitNonce(), deadline);
        PermitLimits limits = new PermitLimits(order.gasWallet(), fee, order.timeout());
        return new PermitSigner(signer, order.token(), nonces, clock).sign(permit, limits);
    }

    /** Without the signatures, which are worth money. */
    @Override
    public String toString() {
        return "DirectPayment[buyer=" + buyer + ", infraFee=" + infraFee + ", signatures redacted]";
    }
}
