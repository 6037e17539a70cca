/**
 * The life of an intent: created, funded, evidenced, settled. Open
 * {@link ai.paybond.kit.sandbox.internal.intent.IntentEndpoints} for the routes and
 * {@link ai.paybond.kit.sandbox.internal.intent.IntentState} for the states.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.intent;

import org.jspecify.annotations.NullMarked;
