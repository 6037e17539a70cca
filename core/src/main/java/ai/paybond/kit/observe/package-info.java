/**
 * Metrics, traces and log contexts of guarded calls: give one or more of
 * {@link ai.paybond.kit.observe.MicrometerObserver}, {@link ai.paybond.kit.observe.OpenTelemetryObserver} and
 * {@link ai.paybond.kit.observe.MdcObserver} to {@link ai.paybond.kit.guard.ToolGuardBuilder#observer}.
 *
 * <p>Micrometer and OpenTelemetry are optional dependencies: whoever uses an adapter adds its library. None of them sees an
 * argument, a result or a secret, and names are bounded by what is declared.
 */
@NullMarked
package ai.paybond.kit.observe;

import org.jspecify.annotations.NullMarked;
