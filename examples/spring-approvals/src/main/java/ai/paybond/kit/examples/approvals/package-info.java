/**
 * A travel agent in a web application that books dear rooms only when a person has approved them. Open
 * {@link ai.paybond.kit.examples.approvals.ApprovalsApplication} first.
 */
@NullMarked
package ai.paybond.kit.examples.approvals;

import org.jspecify.annotations.NullMarked;
