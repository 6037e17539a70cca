package ai.paybond.kit.paegents.activation;

import ai.paybond.kit.paegents.NonceRegister;
import ai.paybond.kit.paegents.SigningRefusedException;
import ai.paybond.kit.paegents.activation.ActivationOrder.Funding;
import ai.paybond.kit.paegents.client.ActivationRequest;
import ai.paybond.kit.paegents.client.FundingAuthorization;
import ai.paybond.kit.paegents.escrow.ActivationPackage;
import ai.paybond.kit.paegents.escrow.EscrowProfile;
import ai.paybond.kit.paegents.escrow.EscrowSigner;
import ai.paybond.kit.paegents.escrow.InfraFee;
import ai.paybond.kit.paegents.escrow.SignedIntent;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmSigner;
import ai.paybond.kit.paegents.usdc.PermitLimits;
import ai.paybond.kit.paegents.usdc.PermitSigner;
import ai.paybond.kit.paegents.usdc.SignedPermit;
import ai.paybond.kit.paegents.usdc.UsdcPermit;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything a buyer signs for one activation, each thing after its checks. */
final class ActivationSigning {
    private final EvmSigner signer;
    private final EscrowProfile profile;
    private final Function<EvmAddress, BigInteger> permitNonces;
    private final Clock clock;

    ActivationSigning(
            EvmSigner signer, EscrowProfile profile, Function<EvmAddress, BigInteger> permitNonces, Clock clock) {
        this.signer = signer;
        this.profile = profile;
        this.permitNonces = permitNonces;
        this.clock = clock;
    }

    /** The fee is looked at before anything is signed: a package is refused as a whole or signed as a whole. */
    ActivationRecord sign(ActivationOrder order, ActivationPackage proposed, int attempt, NonceRegister nonces) {
        Optional<InfraFee> fee = proposed.infraFee();
        fee.ifPresent(due -> requireFee(order, due));
        SignedIntent intent = new EscrowSigner(signer, profile, nonces, clock).activate(proposed, order.terms());
        Instant permitsEnd = clock.instant().plus(order.permitLifetime());
        Permits permits = new Permits(order, nonces, BigInteger.valueOf(permitsEnd.getEpochSecond()));
        BigInteger deposit = deposit(order);
        FundingAuthorization funding = order.funding() == Funding.PRIOR_ALLOWANCE
                ? FundingAuthorization.priorAllowance(deposit)
                : FundingAuthorization.permit(permits.funding(proposed.contract(), deposit, fee.isPresent()));
        SignedPermit feePermit = fee.map(permits::fee).orElse(null);
        JsonObject body = new ActivationRequest(intent, funding, feePermit).toJson();
        return new ActivationRecord(
                order.agreementId(), attempt, body, voidFrom(order, feePermit, permitsEnd, intent), false);
    }

    private void requireFee(ActivationOrder order, InfraFee fee) {
        boolean token = fee.token().equals(order.terms().token().address());
        SigningRefusedException.require(token, "paegents.wrong_token", "the fee is asked in another token");
        boolean collector = fee.spender().equals(order.feeCollector());
        SigningRefusedException.require(collector, "paegents.wrong_spender", "the fee is for another collector");
        boolean bounded = fee.amount().compareTo(order.maxFee()) <= 0;
        SigningRefusedException.require(bounded, "paegents.amount", "the fee is more than was agreed");
    }

    private static BigInteger deposit(ActivationOrder order) {
        return order.terms().quantity().multiply(order.terms().pricePerUnit());
    }

    /** With a permit in it the whole submission is void with the permit, otherwise with the terms. */
    private static Instant voidFrom(
            ActivationOrder order, @Nullable SignedPermit feePermit, Instant permitsEnd, SignedIntent intent) {
        boolean permits = feePermit != null || order.funding() != Funding.PRIOR_ALLOWANCE;
        return permits ? permitsEnd : expiry(intent, permitsEnd);
    }

    private static Instant expiry(SignedIntent intent, Instant otherwise) {
        return intent.values()
                .integer("expiry")
                .or(() -> intent.values().string("expiry").map(Long::valueOf))
                .map(Instant::ofEpochSecond)
                .orElse(otherwise);
    }

    /** Permits of one activation. Which of two takes the next nonce is the order's choice. */
    private final class Permits {
        private final ActivationOrder order;
        private final PermitSigner permits;
        private final BigInteger deadline;

        Permits(ActivationOrder order, NonceRegister nonces, BigInteger deadline) {
            this.order = order;
            this.permits = new PermitSigner(signer, order.terms().token(), nonces, clock);
            this.deadline = deadline;
        }

        SignedPermit funding(EvmAddress escrow, BigInteger deposit, boolean withFee) {
            boolean after = order.funding() == Funding.PERMIT_AFTER_FEE && withFee;
            return sign(escrow, deposit, nonce(after ? 1 : 0));
        }

        SignedPermit fee(InfraFee fee) {
            boolean after = order.funding() == Funding.PERMIT_BEFORE_FEE;
            return sign(fee.spender(), fee.amount(), nonce(after ? 1 : 0));
        }

        private BigInteger nonce(int offset) {
            return permitNonces.apply(signer.address()).add(BigInteger.valueOf(offset));
        }

        private SignedPermit sign(EvmAddress spender, BigInteger value, BigInteger nonce) {
            UsdcPermit permit = new UsdcPermit(signer.address(), spender, value, nonce, deadline);
            return permits.sign(permit, new PermitLimits(spender, value, order.permitLifetime()));
        }
    }
}
