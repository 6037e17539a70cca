/**
 * The part of a receipt that only its owner may read, encrypted to the owner's key. Start at
 * {@link ai.paybond.kit.wire.disclosure.OwnerDisclosure}.
 */
@NullMarked
package ai.paybond.kit.wire.disclosure;

import org.jspecify.annotations.NullMarked;
