/**
 * What a principal commits to pay for, signed. Start at {@link ai.paybond.kit.wire.intent.IntentStatement} to sign and at
 * {@link ai.paybond.kit.wire.intent.SignedIntent#fromBody} to check.
 */
@NullMarked
package ai.paybond.kit.wire.intent;

import org.jspecify.annotations.NullMarked;
