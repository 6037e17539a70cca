/**
 * Agent to agent: how Paybond describes itself to agents of other vendors, and which tasks it settles. Open
 * {@link ai.paybond.kit.a2a.A2aClient} first. Everything here is public and the same for everyone: no credential is sent for
 * it, and nothing in it is bound to a tenant.
 */
@NullMarked
package ai.paybond.kit.a2a;

import org.jspecify.annotations.NullMarked;
