/**
 * The session of a Java agent with Paybond. Open {@link ai.paybond.kit.Paybond} first: it derives the tenant from the API
 * key and hands out the Harbor client, the signed-intent helper and the tool guard, all bound to that tenant.
 * Every exception of the kit extends {@link ai.paybond.kit.PaybondException} and carries a stable code.
 */
@NullMarked
package ai.paybond.kit;

import org.jspecify.annotations.NullMarked;
