/**
 * The {@code paybond} command: a demo, a stand-alone sandbox and tools for people who look after an agent.
 * Start at {@link ai.paybond.kit.cli.PaybondCommand}. Commands write results to standard output and progress
 * to standard error; they hold no rules of their own.
 */
@NullMarked
package ai.paybond.kit.cli;

import org.jspecify.annotations.NullMarked;
