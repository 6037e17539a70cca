package ai.paybond.kit.paegents.escrow;

import ai.paybond.kit.paegents.evm.EvmAddress;
import java.time.Duration;

/**
 * Which settlement the signer means to take part in, from the signer's own records.
 *
 * @param agreementKey the key the escrow was activated with
 * @param maxLifetime how far ahead the deadline may lie
 */
public record SettlementTerms(long chainId, EvmAddress contract, String agreementKey, Duration maxLifetime) {}
