/**
 * Measures on this machine how many steps of calls a journal takes, and how fast what is owed leaves it. Start at
 * {@link ai.paybond.kit.cli.rates.JournalRates}; every measurement has an empty journal of its own.
 */
@NullMarked
package ai.paybond.kit.cli.rates;

import org.jspecify.annotations.NullMarked;
