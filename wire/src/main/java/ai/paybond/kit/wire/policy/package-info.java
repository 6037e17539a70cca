/** The digest that names a version of a policy document. Start at {@link ai.paybond.kit.wire.policy.PolicyDigest}. */
@NullMarked
package ai.paybond.kit.wire.policy;

import org.jspecify.annotations.NullMarked;
