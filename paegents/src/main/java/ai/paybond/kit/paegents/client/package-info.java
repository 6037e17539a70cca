/**
 * The HTTP client of Paegents: every method of its SDKs, grouped by what it is about. Open
 * {@link ai.paybond.kit.paegents.client.PaegentsClient} first. A refusal by a policy is a
 * {@link ai.paybond.kit.paegents.client.PolicyDeniedException}; that an owner has to approve first is no exception but a
 * {@link ai.paybond.kit.paegents.client.Submission}. Replies are partly undocumented, so each keeps what it was read from.
 */
@NullMarked
package ai.paybond.kit.paegents.client;

import org.jspecify.annotations.NullMarked;
