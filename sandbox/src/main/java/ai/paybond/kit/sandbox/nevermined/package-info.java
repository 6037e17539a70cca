/**
 * An embedded Nevermined backend over real HTTP on loopback: keys, plans, agents, delegations, access tokens, verify, settle and
 * a ledger of credits. Open {@link ai.paybond.kit.sandbox.nevermined.NeverminedSandbox} first; break things with
 * {@link ai.paybond.kit.sandbox.nevermined.NeverminedFaults}. What Nevermined does not document is decided the harder way for
 * clients: a repeated settle burns again.
 */
@NullMarked
package ai.paybond.kit.sandbox.nevermined;

import org.jspecify.annotations.NullMarked;
