package ai.paybond.kit.policy;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an effective policy was made of.
 *
 * @param orgPolicyId as {@code extends.org_policy_id} names it
 * @param orgId the organisation
 * @param baseDigest of the base that was read here; null when it was merged elsewhere
 * @param overridesApplied JSON pointers of what the overlay changed in the base's tools; empty when it was merged elsewhere
 */
public record PolicyInheritance(
        String orgPolicyId, String orgId, @Nullable String baseDigest, List<String> overridesApplied) {
    public PolicyInheritance {
        Objects.requireNonNull(orgPolicyId, "orgPolicyId");
        Objects.requireNonNull(orgId, "orgId");
        overridesApplied = List.copyOf(overridesApplied);
    }
}
