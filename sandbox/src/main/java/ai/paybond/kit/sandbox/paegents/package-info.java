/**
 * An embedded Paegents over real HTTP on loopback, with a simulated chain, so that every flow of its SDKs runs offline. Start
 * with {@link ai.paybond.kit.sandbox.paegents.PaegentsSandbox}; turn the chain's dials at
 * {@link ai.paybond.kit.sandbox.paegents.SimulatedChain}. What Paegents does not publish, such as the escrow's signing domain,
 * is this sandbox's own and says so in its names.
 */
@NullMarked
package ai.paybond.kit.sandbox.paegents;

import org.jspecify.annotations.NullMarked;
