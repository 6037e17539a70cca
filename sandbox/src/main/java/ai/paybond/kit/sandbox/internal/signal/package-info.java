/**
 * Reputation and fraud, computed from what the tenant's intents came to. Open
 * {@link ai.paybond.kit.sandbox.internal.signal.OperatorRecord} for the figures; the scoring is ours.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.signal;

import org.jspecify.annotations.NullMarked;
