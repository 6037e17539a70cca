package ai.paybond.kit.paegents.rail;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.GuardCodes;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolGuardBuilder;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.DeliveryRejectedException;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.SpendHold;
import ai.paybond.kit.paegents.client.AgentPolicy;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.Agreements.Usage;
import ai.paybond.kit.paegents.client.PaegentsApiException;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.rail.UsageApprovals.Answer;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An active usage agreement as the authority behind a guard. Before a tool runs, the agreement must be active, must have the
 * units that the call uses, and the owner's policy must allow it. After it ran, its units are recorded under a key that is
 * kept in the journal, so that they count once however often the process dies in between.
 *
 * <p>Give the rail and the guard the same journal; {@link #guard} does. Units are set aside for calls that this process and
 * others have in the journal; two processes that are asked at the same moment may still both be allowed the last unit, and
 * then the second record is refused and parked. Paegents takes no evidence: declare tools
 * {@link ai.paybond.kit.guard.ToolDeclaration.Builder#withoutEvidence()}. Thread-safe.
 */
public final class PaegentsRail implements ToolAuthority {
    /** What a person or time can mend without changing the request. */
    private static final Set<Integer> MENDABLE = Set.of(401, 403, 408, 425, 429);

    private final PaegentsClient client;
    private final String agreementId;
    private final UnitRule units;
    private final Map<String, UnitRule> unitsByTool;
    private final @Nullable Supplier<AgentPolicy> policy;
    private final UsageApprovals approvals;
    private final boolean countedByProxy;
    private final CallJournal journal;
    private final Clock clock;
    private final UnitHolds holds;

    private PaegentsRail(Builder builder) {
        this.client = builder.client;
        this.agreementId = builder.agreementId;
        this.units = builder.units;
        this.unitsByTool = Map.copyOf(builder.unitsByTool);
        this.policy = builder.policy;
        this.approvals = builder.approvals;
        this.countedByProxy = builder.countedByProxy;
        this.journal = builder.journal;
        this.clock = builder.clock;
        this.holds = new UnitHolds(journal, agreementId, clock);
    }

    public static Builder builder(PaegentsClient client, String agreementId) {
        return new Builder(client, agreementId);
    }

    /**
     * A guard on this rail with its journal, under the agreement as the intent and the agent as the tenant. The agreement is
     * what grants a call here, and there is no capability token to verify; for one on top, build the guard with
     * {@link ToolGuard#builder} and bind it to the agreement's id.
     */
    public ToolGuardBuilder guard(ToolRegistry tools) {
        CapabilityBinding binding = new CapabilityBinding(agreementId, CapabilityToken.of(""), "usd");
        return ToolGuard.builder(binding, tools, this, CapabilityVerifier.remoteOnly(), client.agentId())
                .journal(journal)
                .clock(clock);
    }

    /** One call is judged after the other, so that two do not take the last unit. */
    @Override
    public synchronized Decision authorize(AuthorizationRequest request) {
        if (!request.intentId().equals(agreementId)) {
            return denied(RailCodes.OTHER_INTENT, "the guard is bound to another agreement");
        }
        Optional<Long> used = unitsOf(request);
        if (used.isEmpty()) {
            return denied(RailCodes.UNITS_INVALID, "how many units the call uses cannot be told");
        }
        try {
            return decide(request, new UnitHold(used.get(), request.idempotencyKey()));
        } catch (PaegentsApiException e) {
            return e.retryable()
                    ? denied(GuardCodes.AUTHORITY_UNREACHABLE, "Paegents could not be asked")
                    : denied(e.code(), "Paegents refused to answer");
        }
    }

    private Optional<Long> unitsOf(AuthorizationRequest request) {
        try {
            long found = unitsByTool.getOrDefault(request.toolName(), units).units(request.arguments());
            return found < 0 ? Optional.empty() : Optional.of(found);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private Decision decide(AuthorizationRequest request, UnitHold hold) {
        long beside =
                holds.unitsBeside(hold); // before Paegents is asked: what is recorded meanwhile counts twice, not never
        Agreement agreement = client.agreements().get(agreementId);
        if (!agreement.isActive()) {
            return denied(RailCodes.NOT_ACTIVE, "the agreement is not active");
        }
        if (!agreement.buyerAgentId().equals(Optional.of(client.agentId()))) {
            return denied(RailCodes.FOREIGN, "the agreement is another buyer's");
        }
        Optional<Long> left =
                agreement.quantity().flatMap(all -> agreement.unitsUsed().map(used -> all - used - beside));
        Optional<Long> price = agreement.pricePerUnitCents();
        if (left.isEmpty() || price.isEmpty()) {
            return denied(RailCodes.UNITS_UNKNOWN, "Paegents does not say what is left of the agreement");
        }
        if (hold.units() > left.get()) {
            return denied(RailCodes.UNITS_EXHAUSTED, "fewer units are left than the call uses");
        }
        return judged(request, agreement, hold, price.get())
                .orElseGet(() -> allowed(hold, left.get() - hold.units(), price.get()));
    }

    private Decision allowed(UnitHold hold, long unitsLeft, long price) {
        holds.add(hold);
        Long cents = price > 0 && unitsLeft > Long.MAX_VALUE / price ? null : Long.valueOf(unitsLeft * price);
        return new Decision.Allowed(agreementId, hold.decisionId(), cents);
    }

    /** What the owner has against it, if anything. */
    private Optional<Decision> judged(AuthorizationRequest request, Agreement agreement, UnitHold hold, long price) {
        AgentPolicy owners = policy == null ? AgentPolicy.unrestricted() : policy.get();
        String rail = agreement.rail().orElse("stablecoin");
        boolean railAllowed =
                owners.allowedRails().map(rails -> rails.contains(rail)).orElse(true);
        if (!railAllowed) {
            return Optional.of(denied(RailCodes.POLICY_DENIED, "the owner's policy does not allow this rail"));
        }
        long threshold = owners.approvalThresholdCents().orElse(Long.MAX_VALUE);
        long cents = price > 0 && hold.units() > Long.MAX_VALUE / price ? Long.MAX_VALUE : hold.units() * price;
        return cents < threshold || threshold == Long.MAX_VALUE
                ? Optional.empty()
                : approved(UsageQuestion.of(agreementId, request, hold.units(), cents));
    }

    private Optional<Decision> approved(UsageQuestion question) {
        Answer answer = approvals.ask(question);
        if (answer instanceof Answer.Pending pending) {
            DenyReason reason = DenyReason.remote(RailCodes.APPROVAL_REQUIRED, "the owner has to approve this use");
            return Optional.of(new Decision.ApprovalRequired(pending.requestId(), null, reason));
        }
        return answer instanceof Answer.Approved
                ? Optional.empty()
                : Optional.of(denied(RailCodes.APPROVAL_REJECTED, "the owner rejected this use"));
    }

    private static Decision denied(String code, String message) {
        return Decision.Denied.because(DenyReason.remote(code, message));
    }

    /** Records the units of a call that ran, under the key of its hold; gives those of another call back. */
    @Override
    public void complete(SpendHold spend, SpendOutcome outcome) {
        UnitHold hold = UnitHold.parse(spend.decisionId())
                .orElseThrow(() -> new DeliveryRejectedException("paegents.foreign_hold", "not a hold of this rail"));
        if (!spend.key().intentId().equals(agreementId)) {
            throw new PaybondException(RailCodes.OTHER_INTENT, "the call belongs to another agreement's rail");
        }
        if (outcome == SpendOutcome.CONSUMED && hold.units() > 0 && !countedByProxy) {
            record(hold, spend);
        }
        holds.remove(hold.decisionId());
    }

    private void record(UnitHold hold, SpendHold spend) {
        JsonObject proof = JsonObject.builder()
                .put("call_id", spend.key().callId())
                .put("operation", spend.operation())
                .build();
        try {
            client.agreements().recordUsage(agreementId, new Usage(hold.units(), false, proof), "usage:" + hold.key());
        } catch (PaegentsApiException e) {
            boolean never = e.status() >= 400 && e.status() < 500 && !MENDABLE.contains(e.status());
            throw never ? new DeliveryRejectedException(e.code(), e.getMessage()) : e;
        }
    }

    /** Never accepted: Paegents has no route for evidence, and none is pretended to be delivered. */
    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        throw new DeliveryRejectedException(RailCodes.NO_EVIDENCE_ROUTE, "Paegents takes no evidence");
    }

    /** Collects the parts of a rail. Not thread-safe. */
    public static final class Builder {
        private final PaegentsClient client;
        private final String agreementId;
        private final Map<String, UnitRule> unitsByTool = new HashMap<>();
        private UnitRule units = UnitRule.fixed(1);
        private @Nullable Supplier<AgentPolicy> policy;
        private UsageApprovals approvals = new OwnerDesk();
        private boolean countedByProxy;
        private CallJournal journal = new InMemoryCallJournal();
        private Clock clock = Clock.systemUTC();

        private Builder(PaegentsClient client, String agreementId) {
            this.client = Objects.requireNonNull(client, "client");
            this.agreementId = Objects.requireNonNull(agreementId, "agreementId");
        }

        /** What every call uses that {@link #units(String, UnitRule)} says nothing about; one unit by default. */
        public Builder units(UnitRule rule) {
            this.units = Objects.requireNonNull(rule, "rule");
            return this;
        }

        /** What calls of one tool use. */
        public Builder units(String toolName, UnitRule rule) {
            unitsByTool.put(toolName, Objects.requireNonNull(rule, "rule"));
            return this;
        }

        /** The owner's policy: its rails and its threshold for approvals. None by default. */
        public Builder policy(AgentPolicy fixed) {
            this.policy = () -> fixed;
            return this;
        }

        /** The owner's policy as Paegents has it at each call; needs a client that has the owner's word. */
        public Builder livePolicy(PaegentsClient owner) {
            this.policy = () -> owner.policies().get();
            return this;
        }

        /** Where the owner's approvals are had; at a desk in memory by default. */
        public Builder approvals(UsageApprovals port) {
            this.approvals = Objects.requireNonNull(port, "port");
            return this;
        }

        /** The tools call through the metered proxy, which counts by itself: nothing is recorded besides. */
        public Builder countedByProxy() {
            this.countedByProxy = true;
            return this;
        }

        /** Where the guard keeps its calls; one in memory by default. */
        public Builder journal(CallJournal guardsJournal) {
            this.journal = Objects.requireNonNull(guardsJournal, "guardsJournal");
            return this;
        }

        /** The time; the system's UTC clock by default. */
        public Builder clock(Clock newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        public PaegentsRail build() {
            return new PaegentsRail(this);
        }
    }
}
