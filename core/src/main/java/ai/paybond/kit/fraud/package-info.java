/**
 * Fraud: which operators of a tenant somebody should look at, and whether releases are held meanwhile. Open
 * {@link ai.paybond.kit.fraud.FraudClient} first. Words of the server, such as severities and states, are texts here: it may
 * add to them at any time.
 */
@NullMarked
package ai.paybond.kit.fraud;

import org.jspecify.annotations.NullMarked;
