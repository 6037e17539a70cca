/**
 * What every client of a session is built on. {@link ai.paybond.kit.internal.platform.Route} lists each call of the kit
 * with its path, its repetition and the tenant echo demanded of its reply;
 * {@link ai.paybond.kit.internal.platform.Channel} makes such calls for one tenant and hands back a
 * {@link ai.paybond.kit.internal.platform.Reply} that has passed the echo check. Knows no client, and no exception of theirs:
 * those come from {@link ai.paybond.kit.internal.platform.Faults}.
 */
@NullMarked
package ai.paybond.kit.internal.platform;

import org.jspecify.annotations.NullMarked;
