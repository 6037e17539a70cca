/**
 * An embedded Gateway and Harbor over real HTTP on loopback, for tests and for trying things out. Start with
 * {@link ai.paybond.kit.sandbox.Sandbox}; break things with {@link ai.paybond.kit.sandbox.SandboxFaults}; look at what
 * arrived with {@link ai.paybond.kit.sandbox.SandboxRecords}. It shares the wire formats with the kit, and nothing else,
 * so that a client's mistake cannot hide in shared code.
 */
@NullMarked
package ai.paybond.kit.sandbox;

import org.jspecify.annotations.NullMarked;
