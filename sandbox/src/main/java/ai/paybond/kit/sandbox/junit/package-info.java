/** The sandbox in JUnit tests. Register {@link ai.paybond.kit.sandbox.junit.SandboxExtension}. */
@NullMarked
package ai.paybond.kit.sandbox.junit;

import org.jspecify.annotations.NullMarked;
