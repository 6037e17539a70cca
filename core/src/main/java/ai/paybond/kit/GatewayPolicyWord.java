package ai.paybond.kit;

import ai.paybond.kit.harbor.MergedPolicy;
import ai.paybond.kit.harbor.Policies;
import ai.paybond.kit.harbor.Policies.Strictness;
import ai.paybond.kit.harbor.PolicyValidation;
import ai.paybond.kit.harbor.PolicyValidation.Issue;
import ai.paybond.kit.policy.EffectivePolicy;
import ai.paybond.kit.policy.EffectivePolicySource;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyCheck;
import ai.paybond.kit.policy.PolicyCodes;
import ai.paybond.kit.policy.PolicyIssue;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/** The session's Gateway as what policies ask. Here, because policies know nothing of Harbor and Harbor nothing of them. */
final class GatewayPolicyWord implements EffectivePolicySource, PolicyCheck {
    private final Policies gateway;

    GatewayPolicyWord(Policies gateway) {
        this.gateway = gateway;
    }

    @Override
    public EffectivePolicy effective(String orgPolicyId, JsonObject overlay) {
        MergedPolicy merged = gateway.effective(orgPolicyId, overlay);
        List<String> widenings =
                merged.deniedWidenings().stream().map(Issue::path).toList();
        return new EffectivePolicy(merged.document(), merged.digest(), widenings);
    }

    @Override
    public List<PolicyIssue> check(Policy candidate) {
        PolicyValidation answer = gateway.validate(candidate.document(), Strictness.STANDARD);
        if (!answer.valid() && answer.errors().isEmpty()) {
            return List.of(new PolicyIssue(
                    PolicyCodes.REMOTE_VALIDATE_FAILED, "", 0, 0, "the Gateway refuses it without a reason"));
        }
        return answer.errors().stream()
                .map(issue -> new PolicyIssue(issue.code(), issue.path(), 0, 0, issue.message()))
                .toList();
    }
}
