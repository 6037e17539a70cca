package ai.paybond.kit.policy;

import java.util.List;

/**
 * A last word on a policy before a {@link LivePolicy} takes it, such as {@code POST /v1/policy/validate} of the Gateway. Asked only
 * about policies that differ from the one in force and are valid here. Must be thread-safe.
 */
@FunctionalInterface
public interface PolicyCheck {

    /**
     * What is wrong with it; empty when nothing is.
     *
     * @throws RuntimeException when there is no answer; the policy is then refused
     */
    List<PolicyIssue> check(Policy candidate);
}
