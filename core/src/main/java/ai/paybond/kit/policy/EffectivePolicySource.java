package ai.paybond.kit.policy;

import ai.paybond.kit.wire.json.JsonObject;

/**
 * Knows the base policies of organisations: what {@code POST /v1/org-policies/{id}/effective} of the Gateway answers. Needed for
 * overlays that name no {@code extends.base_policy}; see {@link PolicyParser#effectiveFrom}. Must be thread-safe.
 */
@FunctionalInterface
public interface EffectivePolicySource {

    /**
     * What the overlay amounts to on top of its base. The parser believes neither the digest nor the name: both are checked.
     *
     * @param orgPolicyId as {@code extends.org_policy_id} names it
     * @param overlay the whole overlay, version 2
     * @throws RuntimeException when there is no answer; the policy is then refused with {@code policy.effective_unavailable}
     */
    EffectivePolicy effective(String orgPolicyId, JsonObject overlay);
}
