package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.policy.PolicyException;
import ai.paybond.kit.policy.PolicyIssue;
import java.io.IOException;
import java.util.List;
import org.springframework.core.io.Resource;

/** The policy that {@code paybond.policy} names cannot be used. */
public final class InvalidPolicyException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    private final transient List<PolicyIssue> issues;
    private final String location;

    InvalidPolicyException(Resource policy, PolicyException cause) {
        super(cause.code(), "paybond.policy, " + policy.getDescription() + ": " + cause.getMessage(), cause);
        this.issues = cause.issues();
        this.location = policy.getDescription();
    }

    private InvalidPolicyException(Resource policy, String code, IOException cause) {
        super(code, "paybond.policy, " + policy.getDescription() + ", cannot be read", cause);
        this.issues = List.of();
        this.location = policy.getDescription();
    }

    static InvalidPolicyException unreadable(Resource policy, IOException cause) {
        return new InvalidPolicyException(policy, "springai.policy_unreadable", cause);
    }

    /** Where the policy is, for people. */
    public String location() {
        return location;
    }

    /** What is wrong, with line and column; empty when the policy could not be read at all. */
    public List<PolicyIssue> issues() {
        return issues;
    }
}
