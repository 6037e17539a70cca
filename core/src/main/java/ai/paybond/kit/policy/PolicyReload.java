package ai.paybond.kit.policy;

import java.util.List;
import java.util.Objects;

/** What became of one attempt to reload a policy. */
public sealed interface PolicyReload {

    /** The document is the one in force. */
    record Unchanged(PolicySnapshot current) implements PolicyReload {
        public Unchanged {
            Objects.requireNonNull(current, "current");
        }
    }

    /** Another policy is in force. Calls that are resolved from now on see it, and it alone. */
    record Reloaded(PolicySnapshot previous, PolicySnapshot current, PolicyChange change) implements PolicyReload {
        public Reloaded {
            Objects.requireNonNull(previous, "previous");
            Objects.requireNonNull(current, "current");
            Objects.requireNonNull(change, "change");
        }
    }

    /**
     * The policy stays what it was.
     *
     * @param issues at least one; lines and columns are those of the refused text
     */
    record Refused(List<PolicyIssue> issues) implements PolicyReload {
        public Refused {
            issues = List.copyOf(issues);
        }

        /** The code of the first issue. */
        public String code() {
            return issues.get(0).code();
        }
    }
}
