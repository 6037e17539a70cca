/**
 * Agent receipts in the forms of others: PEF frames, ACTA projections, SCITT statements. Start at
 * {@link ai.paybond.kit.wire.export.ScittStatement}, the only one that is signed anew.
 */
@NullMarked
package ai.paybond.kit.wire.export;

import org.jspecify.annotations.NullMarked;
