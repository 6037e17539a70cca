/**
 * Remembers every guarded call until nothing is owed for it: what was decided, that the tool ran, and the exact signed
 * bytes. Start at {@link ai.paybond.kit.journal.CallJournal}, the port for stores;
 * {@link ai.paybond.kit.journal.EvidenceDelivery} pays what is owed and may be asked to try again at any time.
 *
 * <p>Knows evidence and the outcome of a spend; knows nothing of the guard or of how an authority is reached.
 */
@NullMarked
package ai.paybond.kit.journal;

import org.jspecify.annotations.NullMarked;
