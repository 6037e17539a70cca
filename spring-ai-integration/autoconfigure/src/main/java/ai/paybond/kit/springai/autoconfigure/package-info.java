/**
 * Spring Boot 4 support: with this module on the class path and {@code paybond.*} set, every tool call of the application
 * passes a guard. Open {@link ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration} for the beans, and
 * {@link ai.paybond.kit.springai.autoconfigure.PaybondProperties} for what can be set.
 */
@NullMarked
package ai.paybond.kit.springai.autoconfigure;

import org.jspecify.annotations.NullMarked;
