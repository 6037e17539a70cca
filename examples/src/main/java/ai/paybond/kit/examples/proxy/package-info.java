/** An application's own interface behind the guard; open {@link ai.paybond.kit.examples.proxy.GuardedHotels}. */
@NullMarked
package ai.paybond.kit.examples.proxy;

import org.jspecify.annotations.NullMarked;
