/**
 * The parts of Ethereum that a payer needs offline: addresses, signatures, typed data (EIP-712) and contract calls. Start at
 * {@link ai.paybond.kit.paegents.evm.TypedData}, or at {@link ai.paybond.kit.paegents.evm.EvmSigner} to keep keys in hardware.
 * Knows nothing of Paegents, and never opens a connection.
 */
@NullMarked
package ai.paybond.kit.paegents.evm;

import org.jspecify.annotations.NullMarked;
