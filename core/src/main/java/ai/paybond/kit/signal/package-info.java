/**
 * Signal: how operators of a tenant have done, as Paybond scores them. Open {@link ai.paybond.kit.signal.SignalClient} first.
 * Its replies are signed, but in a byte form that Paybond has not published: what is here says who is said to have signed,
 * and never that it is so.
 */
@NullMarked
package ai.paybond.kit.signal;

import org.jspecify.annotations.NullMarked;
