/**
 * A call that waits for a person longer than its process lives. Open
 * {@link ai.paybond.kit.examples.approval.HeldCallExample}.
 */
@NullMarked
package ai.paybond.kit.examples.approval;

import org.jspecify.annotations.NullMarked;
