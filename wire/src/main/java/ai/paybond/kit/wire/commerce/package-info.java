/**
 * How a purchase at a payment provider is tied to an intent. Start at {@link ai.paybond.kit.wire.commerce.CommerceBinding}.
 */
@NullMarked
package ai.paybond.kit.wire.commerce;

import org.jspecify.annotations.NullMarked;
