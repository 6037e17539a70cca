/**
 * The one place that knows the Biscuit library, its protobuf schema and its collection types. Open
 * {@link ai.paybond.kit.internal.biscuit.BiscuitTokens} first: every token passes {@code TokenShape} and
 * {@code SignatureChain} before the library evaluates anything in it. Not part of the public API.
 *
 * <p>Depends on the wire module only, so that the capability package can translate its refusals without a cycle.
 */
@NullMarked
package ai.paybond.kit.internal.biscuit;

import org.jspecify.annotations.NullMarked;
