/**
 * The device flow by which a command gets a sandbox key. Open
 * {@link ai.paybond.kit.sandbox.internal.login.DeviceLogins}.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.login;

import org.jspecify.annotations.NullMarked;
