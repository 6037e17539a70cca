package ai.paybond.kit.guard;

import ai.paybond.kit.evidence.EvidenceMapper;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the guard must know about one tool. Immutable.
 *
 * <p>A <b>side-effecting</b> tool, the default, needs the capability and the authority, and must say what its result
 * proves. A <b>read-only</b> tool runs without either and without spend: it is looked up and journaled, its arguments
 * must be unambiguous, but no capability, tenant, intent or expiry is checked for it. Declare a tool read-only only if
 * running it for nothing, by anyone who holds the agent, is acceptable.
 */
public final class ToolDeclaration {
    private final String toolName;
    private final String operation;
    private final boolean sideEffecting;
    private final @Nullable SpendRule spend;
    private final @Nullable EvidenceMapper evidence;
    private final FailureJudge failures;
    private final long approvalAboveCents;

    private ToolDeclaration(Builder builder) {
        this.toolName = builder.toolName;
        this.operation = builder.operation;
        this.sideEffecting = builder.sideEffecting;
        this.spend = builder.spend;
        this.evidence = builder.evidence;
        this.failures = new FailureJudge(builder.clean, builder.doubtful);
        this.approvalAboveCents = builder.approvalAboveCents;
    }

    /** @param toolName the tool as the host names it; case counts */
    public static Builder builder(String toolName) {
        return new Builder(toolName);
    }

    /** The tool as the host names it. */
    public String toolName() {
        return toolName;
    }

    /** The operation that the capability must grant. */
    public String operation() {
        return operation;
    }

    /** Whether running it needs the capability and the authority. */
    public boolean isSideEffecting() {
        return sideEffecting;
    }

    /** Whether its result must be proved. */
    public boolean hasEvidence() {
        return evidence != null;
    }

    /** What a call was declared to cost; empty when nothing was said, and then it costs nothing. */
    public Optional<SpendRule> price() {
        return Optional.ofNullable(spend);
    }

    SpendRule spend() {
        return spend == null ? SpendRule.none() : spend;
    }

    @Nullable EvidenceMapper evidence() {
        return evidence;
    }

    /** Whether a person has to approve a call of this price, in cents, before anyone else is asked about it. */
    boolean needsApproval(long spendCents) {
        return spendCents > approvalAboveCents;
    }

    FailureJudge failures() {
        return failures;
    }

    @Override
    public String toString() {
        return "ToolDeclaration[toolName=" + toolName + ", operation=" + operation + ", "
                + (sideEffecting ? "side-effecting" : "read-only") + "]";
    }

    /** Collects a declaration. Not thread-safe. */
    public static final class Builder {
        private final String toolName;
        private String operation;
        private boolean sideEffecting = true;
        private @Nullable SpendRule spend;
        private @Nullable EvidenceMapper evidence;
        private boolean evidenceWaived;
        private long approvalAboveCents = Long.MAX_VALUE;
        private final Set<Class<? extends Throwable>> clean = new LinkedHashSet<>();
        private final Set<Class<? extends Throwable>> doubtful = new LinkedHashSet<>();

        private Builder(String toolName) {
            this.toolName = notBlank(toolName);
            this.operation = toolName;
        }

        /** The operation that the capability must grant; the tool name by default. */
        public Builder operation(String operation) {
            this.operation = notBlank(operation);
            return this;
        }

        /** Running it changes something: the default. */
        public Builder sideEffecting() {
            this.sideEffecting = true;
            return this;
        }

        /** Running it changes nothing and costs nothing; see the class for what is not checked then. */
        public Builder readOnly() {
            this.sideEffecting = false;
            return this;
        }

        /** What a call costs; nothing by default. */
        public Builder spend(SpendRule spend) {
            this.spend = Objects.requireNonNull(spend, "spend");
            return this;
        }

        /** What a result proves. Required for a side-effecting tool unless {@link #withoutEvidence()} is called. */
        public Builder evidence(EvidenceMapper evidence) {
            this.evidence = Objects.requireNonNull(evidence, "evidence");
            this.evidenceWaived = false;
            return this;
        }

        /** The tool's results are never proved: for rails and intents that ask for no evidence. */
        public Builder withoutEvidence() {
            this.evidence = null;
            this.evidenceWaived = true;
            return this;
        }

        /** A person has to approve every call; by default none is asked for here, and the authority may ask for one. */
        public Builder requiresApproval() {
            this.approvalAboveCents = -1;
            return this;
        }

        /**
         * A person has to approve each call that costs more than this.
         *
         * @param cents from 0 up
         * @throws IllegalArgumentException when the amount is negative
         */
        public Builder approvalAboveCents(long cents) {
            if (cents < 0) {
                throw new IllegalArgumentException("a spend is not negative");
            }
            this.approvalAboveCents = cents;
            return this;
        }

        /**
         * Exceptions that say nothing happened, so that the spend is released. By default every exception does,
         * except those named at {@link #doubtfulFailures}.
         */
        @SafeVarargs
        public final Builder cleanFailures(Class<? extends Exception>... types) {
            clean.addAll(Arrays.asList(types));
            return this;
        }

        /**
         * Exceptions after which the tool may have acted, so that the call is in doubt and its spend stays held. By
         * default, as thrown or as a cause: {@link java.io.IOException}, {@link java.io.UncheckedIOException},
         * {@link java.util.concurrent.TimeoutException}, {@link InterruptedException},
         * {@link java.util.concurrent.CancellationException} and every {@link Error}. In the chain of causes the
         * outermost match decides; a declared type goes before the defaults, and doubtful before clean.
         */
        @SafeVarargs
        public final Builder doubtfulFailures(Class<? extends Throwable>... types) {
            doubtful.addAll(Arrays.asList(types));
            return this;
        }

        /**
         * What another declaration says of approvals and of failures; nothing else of it. For declarations that are put
         * together from two sources, such as a policy and an annotation.
         */
        public Builder approvedAndJudgedAs(ToolDeclaration other) {
            this.approvalAboveCents = other.approvalAboveCents;
            clean.addAll(other.failures.declaredClean());
            doubtful.addAll(other.failures.declaredDoubtful());
            return this;
        }

        /**
         * @throws IllegalArgumentException when a side-effecting tool neither maps nor waives evidence, or a read-only
         *     one has evidence or a spend
         */
        public ToolDeclaration build() {
            if (sideEffecting && evidence == null && !evidenceWaived) {
                throw new IllegalArgumentException(
                        toolName + " must say what its result proves: evidence(..) or withoutEvidence()");
            }
            if (!sideEffecting && (evidence != null || spend != null)) {
                throw new IllegalArgumentException(toolName + " is read-only: it proves nothing and costs nothing");
            }
            return new ToolDeclaration(this);
        }

        private static String notBlank(String name) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a tool and its operation have names");
            }
            return name;
        }
    }
}
