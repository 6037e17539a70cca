/**
 * The tenant's ledger: rows that name their predecessor and are signed, so that none can be changed, dropped or added
 * later without it showing. Open {@link ai.paybond.kit.sandbox.internal.ledger.Ledger} first; the encoding is ours and
 * written down in docs/decisions.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.ledger;

import org.jspecify.annotations.NullMarked;
