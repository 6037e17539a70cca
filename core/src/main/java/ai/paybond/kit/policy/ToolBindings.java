package ai.paybond.kit.policy;

import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What only Java code knows about the tools of a policy: their names in the agent, their prices, and how unusual results are
 * mapped. A binding can make a policy tighter, never looser. Tools are named as the policy names them. Immutable.
 */
public final class ToolBindings {
    private final Map<String, String> hostNames;
    private final Map<String, SpendRule> spends;
    private final Map<String, Long> ceilings;
    private final Map<String, EvidenceMapper> evidence;
    private final Map<String, ToolDeclaration> declared;
    private final boolean ceilingsReserved;

    private ToolBindings(Builder builder) {
        this.hostNames = copy(builder.hostNames);
        this.spends = copy(builder.spends);
        this.ceilings = copy(builder.ceilings);
        this.evidence = copy(builder.evidence);
        this.declared = copy(builder.declared);
        this.ceilingsReserved = builder.ceilingsReserved;
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The agent uses the policy's names, and the policy says every price. */
    public static ToolBindings none() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    Map<String, String> hostNames() {
        return hostNames;
    }

    Map<String, SpendRule> spends() {
        return spends;
    }

    Map<String, Long> ceilings() {
        return ceilings;
    }

    Map<String, EvidenceMapper> evidence() {
        return evidence;
    }

    Map<String, ToolDeclaration> declared() {
        return declared;
    }

    boolean ceilingsReserved() {
        return ceilingsReserved;
    }

    /** Collects bindings. A tool has at most one of each kind. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> hostNames = new LinkedHashMap<>();
        private final Map<String, SpendRule> spends = new LinkedHashMap<>();
        private final Map<String, Long> ceilings = new LinkedHashMap<>();
        private final Map<String, EvidenceMapper> evidence = new LinkedHashMap<>();
        private final Map<String, ToolDeclaration> declared = new LinkedHashMap<>();
        private boolean ceilingsReserved;

        private Builder() {}

        /**
         * The agent calls this tool by another name, such as {@code bookHotel} for {@code travel.book_hotel}. It is then not
         * known by its own name any more.
         */
        public Builder hostName(String tool, String hostName) {
            return put(hostNames, tool, hostName);
        }

        /** What a call of this tool costs. Not for a tool whose policy names the argument that says so. */
        public Builder spend(String tool, SpendRule rule) {
            return put(spends, tool, rule);
        }

        /**
         * The most that one call may cost, in cents; the lower of this and the policy's counts.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder ceiling(String tool, long cents) {
            if (cents < 0) {
                throw new IllegalArgumentException("a ceiling is not negative");
            }
            return put(ceilings, tool, cents);
        }

        /** Authorizes the ceiling itself for every tool whose price nothing says, as other kits do. Off by default. */
        public Builder reserveCeilings() {
            this.ceilingsReserved = true;
            return this;
        }

        /**
         * How this tool's results are mapped, where a projection of their members is not enough. What it gives must fit the
         * preset's schema, else the result is unmapped; what the preset does not declare is left out. See
         * {@link EvidenceMapper#within}.
         */
        public Builder evidence(String tool, EvidenceMapper mapper) {
            return put(evidence, tool, mapper);
        }

        /**
         * What the code declares of this tool, such as by an annotation: its name in the agent, its price unless the policy
         * names the argument that is, its approvals and failures. What results prove is left to the policy's preset, and a
         * policy cannot make a tool read-only that the code declares side-effecting.
         */
        public Builder declared(String tool, ToolDeclaration declaration) {
            return put(declared, tool, declaration);
        }

        private <V> Builder put(Map<String, V> map, String tool, V value) {
            Objects.requireNonNull(value, "value");
            if (map.putIfAbsent(Objects.requireNonNull(tool, "tool"), value) != null) {
                throw new IllegalArgumentException("bound twice: " + tool);
            }
            return this;
        }

        public ToolBindings build() {
            return new ToolBindings(this);
        }
    }
}
