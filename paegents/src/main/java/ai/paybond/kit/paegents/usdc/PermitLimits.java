package ai.paybond.kit.paegents.usdc;

import ai.paybond.kit.paegents.evm.EvmAddress;
import java.math.BigInteger;
import java.time.Duration;

/**
 * What a permit may be at most. The caller's own knowledge, never taken from the message that asks for the permit.
 *
 * @param spender the only one who may be given leave
 * @param maxValue in the token's smallest unit
 * @param maxLifetime how far ahead the deadline may lie
 */
public record PermitLimits(EvmAddress spender, BigInteger maxValue, Duration maxLifetime) {}
