/**
 * Policy files: are they right, and what is left of them under an organisation's policy. Open
 * {@link ai.paybond.kit.sandbox.internal.policy.PolicyFileEndpoints}.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.policy;

import org.jspecify.annotations.NullMarked;
