package ai.paybond.kit.guard;

import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityInspector;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerdict;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.wire.ed25519.Signer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a guard hands to a sub-agent: a part of its authority, never more. {@link ToolGuard#delegate(Delegation)} proves
 * that before there is a guard that could act on it. Immutable.
 *
 * <pre>{@code
 * ToolGuard sub = guard.delegate(Delegation.builder()
 *         .attenuation(Attenuation.builder().operations("travel.book_hotel").maxSpendCents(20_000).build())
 *         .budgetCents(50_000)
 *         .build());
 * }</pre>
 */
public final class Delegation {
    private final @Nullable Attenuation attenuation;
    private final @Nullable CapabilityToken received;
    private final @Nullable Set<String> tools;
    private final @Nullable Long budgetCents;
    private final @Nullable String runId;
    private final @Nullable Signer holder;

    private Delegation(Builder builder) {
        this.attenuation = builder.attenuation;
        this.received = builder.received;
        this.tools = builder.tools;
        this.budgetCents = builder.budgetCents;
        this.runId = builder.runId;
        this.holder = builder.holder;
    }

    /** Starts with all that the guard has; the depth of the run is the only difference. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Takes a capability that somebody else delegated, such as over the network, once it was verified that it is genuine,
     * valid, and for the tenant and intent that were agreed on. What it covers is for each call to find out.
     *
     * @param verifier with the issuer's root key; one that verifies nothing cannot admit a capability
     * @param currency of the spends that will be made with it
     * @throws DelegationException with the verifier's code, or {@code delegation.unverified}
     */
    public static CapabilityBinding accept(
            CapabilityVerifier verifier, CapabilityToken token, String tenantId, String intentId, String currency) {
        CapabilityVerdict verdict = verifier.admit(token, tenantId, intentId);
        if (verdict instanceof CapabilityVerdict.Refused refused) {
            throw new DelegationException(
                    refused.reason().code(), refused.reason().message());
        }
        if (!(verdict instanceof CapabilityVerdict.Verified)) {
            throw new DelegationException(
                    GuardCodes.DELEGATION_UNVERIFIED, "a capability from elsewhere needs a verifier with a root key");
        }
        return new CapabilityBinding(intentId, token, currency);
    }

    /** The parts of the sub-agent's guard. */
    ToolGuardBuilder from(ToolGuardBuilder parent) {
        GuardRun run = run(parent);
        Set<String> names = namesIn(parent.registry().get());
        CapabilityToken token = token(parent);
        ToolGuardBuilder child = parent.copy();
        child.binding = new CapabilityBinding(parent.binding.intentId(), token, parent.binding.currency());
        child.tools = parent.registry().get().only(names);
        child.liveTools =
                parent.liveTools == null ? null : () -> parent.registry().get().only(names);
        child.holder = holder == null ? parent.holder : holder;
        child.run = run;
        return child;
    }

    private GuardRun run(ToolGuardBuilder parent) {
        GuardRun above = parent.run();
        if (above.depth() == GuardRun.MAX_DEPTH) {
            throw new DelegationException(GuardCodes.DELEGATION_TOO_DEEP, "a run is delegated eight times at most");
        }
        GuardRun run = above.child(runId == null ? parent.ids.get() : runId);
        if (budgetCents == null) {
            return run;
        }
        if (above.budgets().stream().anyMatch(budget -> budget.limitCents() < budgetCents)) {
            throw new DelegationException(
                    GuardCodes.DELEGATION_BUDGET_WIDENED, "a sub-run gets no larger limit than the runs above it");
        }
        return run.withBudgetCents(budgetCents);
    }

    private Set<String> namesIn(ToolRegistry held) {
        if (tools == null) {
            Set<String> all = new LinkedHashSet<>();
            held.declarations().forEach(tool -> all.add(tool.toolName()));
            return all;
        }
        if (!tools.stream().allMatch(name -> held.find(name).isPresent())) {
            throw new DelegationException(
                    GuardCodes.DELEGATION_TOOL_UNKNOWN, "a tool is delegated that the guard does not have");
        }
        return tools;
    }

    private CapabilityToken token(ToolGuardBuilder parent) {
        CapabilityToken own = parent.binding.token();
        if (received != null) {
            CapabilityInspector.requireNarrowed(own, received);
            return received;
        }
        Attenuation narrowing = withHolder(parent);
        return narrowing == null ? own : narrowing.delegate(own);
    }

    private @Nullable Attenuation withHolder(ToolGuardBuilder parent) {
        if (holder == null) {
            return attenuation;
        }
        Attenuation.Builder builder = attenuation == null ? Attenuation.builder() : attenuation.toBuilder();
        return parent.holder == null
                ? builder.holder(holder.publicKey()).build()
                : builder.handOver(parent.holder, holder.publicKey()).build();
    }

    /** Collects what is handed on. Not thread-safe. */
    public static final class Builder {
        private @Nullable Attenuation attenuation;
        private @Nullable CapabilityToken received;
        private @Nullable Set<String> tools;
        private @Nullable Long budgetCents;
        private @Nullable String runId;
        private @Nullable Signer holder;

        private Builder() {}

        /** Narrows the capability; by default it is handed on as it is. */
        public Builder attenuation(Attenuation attenuation) {
            this.attenuation = Objects.requireNonNull(attenuation, "attenuation");
            return this;
        }

        /** A capability that was narrowed already, to be held against the guard's own; not together with the other way. */
        public Builder narrowed(CapabilityToken token) {
            this.received = Objects.requireNonNull(token, "token");
            return this;
        }

        /** Leaves only these tools, by the names that the host gives them; all of the guard's by default. */
        public Builder tools(String... names) {
            this.tools = new LinkedHashSet<>(List.of(names));
            return this;
        }

        /**
         * Limits what all calls of the sub-run spend together, in cents; by default only the runs above are limited. Counted
         * in the journal, at the same time as for every run above.
         *
         * @throws IllegalArgumentException when it is negative
         */
        public Builder budgetCents(long cents) {
            if (cents < 0) {
                throw new IllegalArgumentException("a budget is not negative");
            }
            this.budgetCents = cents;
            return this;
        }

        /** Names the sub-run, so that other processes can share its limit; drawn by default. */
        public Builder runId(String runId) {
            this.runId = Objects.requireNonNull(runId, "runId");
            return this;
        }

        /**
         * Makes the capability useless without this key, which signs each call of the sub-agent. A guard that has a holder's
         * key itself hands over with it.
         */
        public Builder holder(Signer holder) {
            this.holder = Objects.requireNonNull(holder, "holder");
            return this;
        }

        /** @throws IllegalArgumentException when a capability that was narrowed already is to be narrowed or to get a holder */
        public Delegation build() {
            if (received != null && (attenuation != null || holder != null)) {
                throw new IllegalArgumentException(
                        "either a capability is handed on as it was narrowed, or narrowed here");
            }
            return new Delegation(this);
        }
    }
}
