/**
 * Three agents behind one guard, and what they need around them. Start with the agents in
 * {@link ai.paybond.kit.examples.agents}; {@link ai.paybond.kit.examples.demo} runs them together against the sandbox.
 *
 * <p>Nothing here is published: copy what you like.
 */
@NullMarked
package ai.paybond.kit.examples;

import org.jspecify.annotations.NullMarked;
