package ai.paybond.kit.policy;

import ai.paybond.kit.ConfigurationException;
import java.util.List;

/**
 * A policy that is not valid, or cannot be used as it stands. Code, path, line and column are those of the first issue; a text
 * that is well-formed is checked to its end, so that {@link #issues()} names up to 50.
 */
public final class PolicyException extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    private final transient List<PolicyIssue> issues;

    /** @throws java.util.NoSuchElementException when there is no issue */
    PolicyException(List<PolicyIssue> issues) {
        super(issues.iterator().next().code(), message(issues));
        this.issues = List.copyOf(issues);
    }

    static PolicyException of(String code, String path, String message) {
        return new PolicyException(List.of(new PolicyIssue(code, path, 0, 0, message)));
    }

    private static String message(List<PolicyIssue> issues) {
        String first = issues.get(0).toString();
        return issues.size() == 1 ? first : first + " (and " + (issues.size() - 1) + " more)";
    }

    /** At least one, in the order of the checks. */
    public List<PolicyIssue> issues() {
        return issues;
    }

    /** JSON pointer of what the first issue is about; empty for the document. */
    public String path() {
        return issues.get(0).path();
    }

    /** From 1; 0 when the policy was not read from a text. */
    public int line() {
        return issues.get(0).line();
    }

    /** From 1; 0 when the policy was not read from a text. */
    public int column() {
        return issues.get(0).column();
    }
}
