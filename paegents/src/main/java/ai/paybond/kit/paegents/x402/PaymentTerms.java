package ai.paybond.kit.paegents.x402;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import java.math.BigInteger;
import java.time.Duration;

/**
 * What the payer agreed to. A server's requirements are measured against it.
 *
 * @param maxAmount in the token's smallest unit
 * @param maxTimeout the longest time an authorization may stay usable
 */
public record PaymentTerms(UsdcToken token, EvmAddress payTo, BigInteger maxAmount, Duration maxTimeout) {}
