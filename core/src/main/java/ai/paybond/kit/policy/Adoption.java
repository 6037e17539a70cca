package ai.paybond.kit.policy;

import ai.paybond.kit.internal.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which policies may take the place of the one in force. */
record Adoption(@Nullable Set<String> bound, boolean looseningAllowed, PolicyCheck check) {

    /** Why it may not; empty when it may. The remote check is asked last, and only then. */
    List<PolicyIssue> issues(Policy candidate, PolicyChange change) {
        List<PolicyIssue> issues = new ArrayList<>(outsideTheIntent(candidate));
        if (!looseningAllowed) {
            change.loosenings().stream().map(Adoption::denied).forEach(issues::add);
        }
        return issues.isEmpty() ? checked(candidate) : issues;
    }

    private static PolicyIssue denied(Loosening loosening) {
        return issue(PolicyCodes.LOOSENING_DENIED, loosening.path(), "looser: " + loosening.kind());
    }

    /** What a policy needs and the bound intent does not allow. */
    List<PolicyIssue> outsideTheIntent(Policy candidate) {
        Set<String> allowed = bound;
        if (allowed == null) {
            return List.of();
        }
        // A tool that may act needs the grant; allowed_tools adds nothing to it, and may name it by either name.
        return candidate.tools().stream()
                .filter(PolicyTool::sideEffecting)
                .filter(tool -> !allowed.contains(tool.name()) && !allowed.contains(tool.operation()))
                .map(tool -> issue(
                        PolicyCodes.INTENT_REBIND_REQUIRED,
                        YamlReader.pointer("/tools", tool.name()),
                        "the bound intent does not allow it"))
                .toList();
    }

    private List<PolicyIssue> checked(Policy candidate) {
        try {
            return check.check(candidate).stream()
                    .map(found -> issue(PolicyCodes.REMOTE_VALIDATE_FAILED, found.path(), found.code()))
                    .toList();
        } catch (RuntimeException e) {
            String why = "no answer: " + e.getClass().getName();
            return List.of(issue(PolicyCodes.REMOTE_VALIDATE_FAILED, "", why));
        }
    }

    private static PolicyIssue issue(String code, String path, String message) {
        return new PolicyIssue(code, path, 0, 0, message);
    }
}
