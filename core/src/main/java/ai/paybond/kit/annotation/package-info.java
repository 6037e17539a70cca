/**
 * Tools declared where they are written: {@link ai.paybond.kit.annotation.CapabilityGuarded} on a method says what a call of
 * it needs and proves, and {@link ai.paybond.kit.annotation.GuardedProxy} puts a guard around any object with an interface.
 * {@link ai.paybond.kit.annotation.AnnotatedTools} turns annotations into a guard's registry; the integrations of agent
 * frameworks read the same annotation.
 *
 * <p>Knows the guard and nothing of any framework.
 */
@NullMarked
package ai.paybond.kit.annotation;

import org.jspecify.annotations.NullMarked;
