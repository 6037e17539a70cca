package ai.paybond.kit.paegents.escrow;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Set;

/**
 * What the buyer agreed to, from the buyer's own records. A package is measured against it.
 *
 * @param contracts the escrow contracts the buyer trusts; with none, nothing is signed
 * @param pricePerUnit in the token's smallest unit
 * @param maxChallengeWindow the longest time a settlement may be held open
 * @param maxLifetime how far ahead the terms may expire
 */
public record ActivationTerms(
        UsdcToken token,
        Set<EvmAddress> contracts,
        EvmAddress seller,
        BigInteger quantity,
        BigInteger pricePerUnit,
        Duration maxChallengeWindow,
        Duration maxLifetime) {
    public ActivationTerms {
        contracts = Set.copyOf(contracts);
    }
}
