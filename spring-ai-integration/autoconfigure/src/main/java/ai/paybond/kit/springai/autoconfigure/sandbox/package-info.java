/** A Gateway and a Harbor inside a Spring Boot application, for development: {@code paybond.sandbox.enabled}. */
@NullMarked
package ai.paybond.kit.springai.autoconfigure.sandbox;

import org.jspecify.annotations.NullMarked;
