package ai.paybond.kit.paegents.activation;

import ai.paybond.kit.paegents.escrow.ActivationTerms;
import ai.paybond.kit.paegents.evm.EvmAddress;
import java.math.BigInteger;
import java.time.Duration;

/**
 * Which escrow to activate, and within what. Everything is the buyer's own knowledge; a package that goes beyond it is not
 * signed.
 *
 * @param terms what was agreed
 * @param funding how the escrow gets its deposit
 * @param feeCollector who may be let collect the platform's fee
 * @param maxFee the most that may be let be collected, in the token's smallest unit
 * @param permitLifetime how long a permit stays usable
 */
public record ActivationOrder(
        String agreementId,
        ActivationTerms terms,
        Funding funding,
        EvmAddress feeCollector,
        BigInteger maxFee,
        Duration permitLifetime) {

    /** The longest time that the seeds let a permit stay usable: ten minutes. */
    public static final Duration USUAL_PERMIT_LIFETIME = Duration.ofMinutes(10);

    /** How the escrow gets its deposit. */
    public enum Funding {
        /** The escrow was allowed to take it before; the usual way. */
        PRIOR_ALLOWANCE,
        /** By a permit that takes the token's next nonce; the fee's permit takes the one after. */
        PERMIT_BEFORE_FEE,
        /** By a permit that takes the nonce after that of the fee's permit, if there is one. */
        PERMIT_AFTER_FEE
    }

    /** Funded by an allowance, with permits that stay usable for ten minutes. */
    public static ActivationOrder of(
            String agreementId, ActivationTerms terms, EvmAddress feeCollector, BigInteger maxFee) {
        return new ActivationOrder(
                agreementId, terms, Funding.PRIOR_ALLOWANCE, feeCollector, maxFee, USUAL_PERMIT_LIFETIME);
    }

    /** The same, funded in another way. */
    public ActivationOrder fundedBy(Funding other) {
        return new ActivationOrder(agreementId, terms, other, feeCollector, maxFee, permitLifetime);
    }
}
