package ai.paybond.kit.guard;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CallLog.Claim;
import ai.paybond.kit.guard.CallLog.Standing;
import ai.paybond.kit.guard.Repetitions.Slot;
import ai.paybond.kit.guard.Repetitions.Turn;
import ai.paybond.kit.guard.Resolution.Resolved;
import ai.paybond.kit.guard.Resolution.Unresolvable;
import ai.paybond.kit.guard.ToolOutcome.Executed;
import ai.paybond.kit.guard.ToolOutcome.Failed;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReport;
import ai.paybond.kit.journal.EvidenceDelivery;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one capability around an agent's tools. {@link #call} is the whole transaction: resolve the call, verify the
 * capability here, ask the authority, journal that it starts, <b>run the tool</b>, have its result signed, journal the
 * exact bytes, deliver.
 *
 * <p>Until the tool runs, everything that is missing, wrong or out of reach is a {@link Decision.Denied} with a stable
 * code. From then on nothing is lost and nothing fails the call: the tool's own result, or its own exception, reaches the
 * caller, and what cannot be delivered now is delivered by {@link #retryPending()}, {@link #drain} or {@link #close()}.
 *
 * <p>Thread-safe; one guard serves one intent.
 */
public final class ToolGuard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ToolGuard.class);

    private final CapabilityBinding binding;
    private final ToolRegistry tools;
    private final CallIntake intake;
    private final Repetitions repetitions;
    private final CapabilityCheck capability;
    private final AuthorityCheck authority;
    private final CallLog callLog;
    private final EvidenceScribe scribe;
    private final EvidenceDelivery delivery;
    private final GivenBack givenBack = new GivenBack();
    private final boolean deliveryDeferred;
    private final Listeners listeners;
    private final Clock clock;
    private final Duration closeTimeout;

    private ToolGuard(Builder parts, EvidenceSealer sealer) {
        this.binding = parts.binding;
        this.tools = parts.tools;
        this.clock = parts.clock;
        this.listeners = new Listeners(parts.listeners);
        this.intake = new CallIntake(parts.tenantId, binding.intentId(), tools, parts.ids);
        this.repetitions = new Repetitions(parts.rememberedResults);
        this.capability = new CapabilityCheck(parts.verifier, binding);
        this.authority = new AuthorityCheck(parts.authority, binding);
        this.callLog = new CallLog(parts.journal, parts.tenantId, clock, parts.ids);
        this.scribe = new EvidenceScribe(sealer, clock);
        this.delivery = EvidenceDelivery.builder(parts.journal, parts.authority, sealer)
                .clock(clock)
                .tenantId(parts.tenantId)
                .intentId(binding.intentId())
                .observer(entry -> listeners.tell(listener -> listener.journaled(entry)))
                .build();
        this.deliveryDeferred = parts.deliveryDeferred;
        this.closeTimeout = parts.closeTimeout;
    }

    /**
     * A guard for one intent. Sessions make one with everything but the tools filled in.
     *
     * @param binding the intent and its capability
     * @param tools the tools; any other is denied
     * @param authority the rail that grants spends and receives evidence
     * @param verifier verifies the capability before the authority is asked
     * @param tenantId the tenant realm that the capability must be for
     */
    public static Builder builder(
            CapabilityBinding binding,
            ToolRegistry tools,
            ToolAuthority authority,
            CapabilityVerifier verifier,
            String tenantId) {
        return new Builder(binding, tools, authority, verifier, tenantId);
    }

    /**
     * Makes a call if it may be made. Never throws for a refusal, nor for what the tool throws; see
     * {@link ToolOutcome#orThrow()}.
     *
     * <p>A call with the id and arguments of one that ran is answered with that one's outcome, marked as replayed; two at
     * the same time run once, and the second waits. With other arguments it is denied with {@code call.arguments_changed}.
     *
     * @param call what the agent wants
     * @param body runs the tool; called at most once, on this thread
     */
    public <T> ToolOutcome<T> call(ToolCall call, ToolBody<T> body) {
        return call(intake.resolve(call), body);
    }

    /**
     * As {@link #call(ToolCall, ToolBody)}, for hosts that have the arguments as text. Text that is not one JSON object is
     * denied with {@code arguments.malformed}, a name given twice with {@code arguments.ambiguous}.
     *
     * @param toolName the tool as the host names it; null is denied like any undeclared tool
     * @param callId the host's id of this call, if it has one
     * @param argumentsJson null or blank counts as no arguments
     */
    public <T> ToolOutcome<T> call(
            @Nullable String toolName, @Nullable String callId, @Nullable String argumentsJson, ToolBody<T> body) {
        return call(intake.read(toolName, callId, argumentsJson), body);
    }

    private <T> ToolOutcome<T> call(Resolution resolution, ToolBody<T> body) {
        Objects.requireNonNull(body, "body");
        if (resolution instanceof Unresolvable refused) {
            return refuse(refused.call(), null, Decision.Denied.because(refused.reason()));
        }
        return once(((Resolved) resolution).call(), body);
    }

    /**
     * Refuses a call for a reason of the host's own, such as a tool that it does not offer, so that the refusal is journaled
     * and told to listeners like any other. For the parameters see {@link #call(String, String, String, ToolBody)}.
     */
    public <T> Refused<T> refuse(
            @Nullable String toolName, @Nullable String callId, @Nullable String argumentsJson, DenyReason reason) {
        Decision.Denied denied = Decision.Denied.because(reason);
        Resolution resolution = intake.read(toolName, callId, argumentsJson);
        return resolution instanceof Resolved known
                ? refuse(known.call().call(), known.call(), denied)
                : refuse(((Unresolvable) resolution).call(), null, denied);
    }

    private <T> ToolOutcome<T> once(ResolvedCall call, ToolBody<T> body) {
        Turn turn = repetitions.enter(call);
        if (turn instanceof Turn.Repeated repeated) {
            return replay(call, repeated.outcome());
        }
        if (turn instanceof Turn.Blocked blocked) {
            return refuse(call.call(), call, Decision.Denied.because(blocked.reason()));
        }
        Slot slot = ((Turn.First) turn).slot();
        try {
            ToolOutcome<T> outcome = transact(call, body);
            repetitions.finish(slot, outcome);
            return outcome;
        } finally {
            repetitions.abandon(slot);
        }
    }

    /** The story of a guarded call. Down to the run everything fails closed. */
    private <T> ToolOutcome<T> transact(ResolvedCall call, ToolBody<T> body) {
        Standing standing = callLog.standingOf(call);
        if (standing instanceof Standing.Blocked blocked) {
            return refuse(call.call(), call, Decision.Denied.because(blocked.reason()));
        }
        JournalEntry earlier = ((Standing.Open) standing).earlier();
        Decision decision = decide(call, JournalEntry.attemptAfter(earlier));
        if (decision instanceof Decision.Denied denied) {
            return refuse(call.call(), call, denied);
        }
        if (decision instanceof Decision.ApprovalRequired approval) {
            return hold(call, approval);
        }
        Decision.Allowed allowed = (Decision.Allowed) decision;
        if (givenBack.contains(allowed.decisionId())) {
            return refuse(call.call(), call, new Decision.Denied(CallLog.UNSETTLED, allowed.auditId(), null));
        }
        listeners.tell(listener -> listener.decided(call.call(), allowed));
        Claim claim = callLog.start(call, allowed, earlier);
        if (claim instanceof Claim.Lost lost) {
            lost.orphan().ifPresent(this::giveBack);
            return refuse(call.call(), call, new Decision.Denied(lost.reason(), allowed.auditId(), null));
        }
        return run(call, ((Claim.Started) claim).entry(), body);
    }

    private void giveBack(JournalEntry neverStarted) {
        givenBack.add(neverStarted.decisionId());
        delivery.handBack(neverStarted);
    }

    private Decision decide(ResolvedCall call, int attempt) {
        if (!call.tool().isSideEffecting()) {
            return Decision.Allowed.withoutAuthority();
        }
        Optional<DenyReason> refusal = capability.refusal(call);
        return refusal.isPresent() ? Decision.Denied.because(refusal.get()) : authority.ask(call, attempt);
    }

    /** The line: the tool runs here, and from here on nothing is lost and nothing fails the call. */
    private <T> ToolOutcome<T> run(ResolvedCall call, JournalEntry started, ToolBody<T> body) {
        ToolRun<T> ran = ToolRun.of(call, body);
        boolean interrupted = Thread.interrupted(); // or journal and network would fail for the caller's interrupt
        try {
            return ran instanceof ToolRun.Threw<T> threw
                    ? failed(call, started, threw)
                    : executed(call, started, body, ((ToolRun.Returned<T>) ran).result());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> ToolOutcome<T> executed(ResolvedCall call, JournalEntry started, ToolBody<T> body, @Nullable T result) {
        JournalEntry entry = settle(scribe.executed(started, call, () -> body.evidenceOf(result)));
        CallReceipt receipt = CallReceipt.of(entry);
        listeners.tell(listener -> listener.executed(call.call(), receipt));
        return new Executed<>(result, receipt);
    }

    private <T> ToolOutcome<T> failed(ResolvedCall call, JournalEntry started, ToolRun.Threw<T> threw) {
        String what = threw.thrown().getClass().getName();
        JournalEntry entry = settle(
                threw.doubtful() ? started.inDoubt(what, clock.instant()) : started.failed(what, clock.instant()));
        CallReceipt receipt = CallReceipt.of(entry);
        listeners.tell(listener -> listener.failed(call.call(), receipt, threw.thrown()));
        return new Failed<>(threw.thrown(), threw.doubtful(), receipt);
    }

    private JournalEntry settle(JournalEntry entry) {
        return deliveryDeferred ? delivery.keep(entry) : delivery.settle(entry);
    }

    private <T> Refused<T> refuse(ToolCall call, @Nullable ResolvedCall resolved, Decision.Denied denied) {
        callLog.refused(
                call,
                resolved == null ? intake.keyOf(call) : resolved.key(),
                resolved == null ? null : resolved.facts(),
                CallState.DENIED,
                denied.reason(),
                denied.auditId());
        listeners.tell(listener -> listener.decided(call, denied));
        return new Refused<>(denied);
    }

    private <T> ToolOutcome<T> hold(ResolvedCall call, Decision.ApprovalRequired approval) {
        callLog.refused(call.call(), call.key(), call.facts(), CallState.HELD, approval.reason(), null);
        listeners.tell(listener -> listener.decided(call.call(), approval));
        return new Held<>(approval);
    }

    @SuppressWarnings("unchecked") // equal calls are of the same tool, which has one type of result
    private <T> ToolOutcome<T> replay(ResolvedCall call, ToolOutcome<?> outcome) {
        ToolOutcome<T> first = (ToolOutcome<T>) outcome;
        ToolOutcome<T> replayed = first;
        if (first instanceof Executed<T> executed) {
            replayed = new Executed<>(executed.result(), callLog.receiptNow(call, executed.receipt()));
        } else if (first instanceof Failed<T> failed) {
            replayed = new Failed<>(failed.thrown(), failed.inDoubt(), callLog.receiptNow(call, failed.receipt()));
        }
        ToolOutcome<T> told = replayed;
        listeners.tell(listener -> listener.replayed(call.call(), told));
        return told;
    }

    /**
     * Says whether a call would be refused here, by registry, arguments, price and capability. Asks no authority,
     * reserves nothing, journals nothing; {@link Decision.Allowed} is therefore no promise.
     */
    public Decision preview(ToolCall call) {
        Resolution resolution = intake.resolve(call);
        if (resolution instanceof Unresolvable refused) {
            return Decision.Denied.because(refused.reason());
        }
        ResolvedCall resolved = ((Resolved) resolution).call();
        Optional<DenyReason> refusal =
                resolved.tool().isSideEffecting() ? capability.refusal(resolved) : Optional.empty();
        return refusal.isPresent() ? Decision.Denied.because(refusal.get()) : Decision.Allowed.withoutAuthority();
    }

    /**
     * Settles a call in doubt, once the vendor or a person has said that it happened: its spend is consumed and its evidence
     * delivered. Also for a call that a process left {@link CallState#STARTED}; be sure that no process still runs it.
     *
     * @param evidence what the tool's result would have proved; not used for a tool without evidence
     * @throws ai.paybond.kit.journal.JournalException {@code call.not_in_doubt} when the call's outcome is known, or the call
     *     is not; {@code call.under_way} while it runs in this guard
     */
    public CallReceipt settleExecuted(String callId, JsonObject evidence) {
        Objects.requireNonNull(evidence, "evidence");
        JournalEntry doubtful = inDoubt(callId);
        boolean proves = tools.find(doubtful.facts().toolName())
                .map(ToolDeclaration::hasEvidence)
                .orElse(true);
        return CallReceipt.of(settle(scribe.settled(doubtful, proves ? evidence : null)));
    }

    /**
     * Settles a call in doubt, once the vendor or a person has said that it did not happen: its spend is released. It is
     * not run again under the same id.
     *
     * @throws ai.paybond.kit.journal.JournalException as {@link #settleExecuted}
     */
    public CallReceipt settleNotExecuted(String callId) {
        return CallReceipt.of(settle(inDoubt(callId).failed("settled.not_executed", clock.instant())));
    }

    private JournalEntry inDoubt(String callId) {
        CallKey key = new CallKey(binding.intentId(), callId);
        if (repetitions.isUnderWay(key)) {
            throw new JournalException("call.under_way", "the call is still running", null);
        }
        return callLog.inDoubt(key);
    }

    /** Tries once to deliver what is pending for this guard's intent. Never throws for a fault of the authority. */
    public DeliveryReport retryPending() {
        return delivery.retryPending();
    }

    /** Tries to deliver what is pending until nothing is, or the time is up; see {@link EvidenceDelivery#drain}. */
    public DeliveryReport drain(Duration limit) {
        return delivery.drain(limit);
    }

    /** Drains for at most the close timeout. What is then still pending stays in the journal; the journal stays open. */
    @Override
    public void close() {
        DeliveryReport report = drain(closeTimeout);
        if (!report.isComplete()) {
            log.warn("{} calls of intent {} are not delivered yet", report.pending(), binding.intentId());
        }
    }

    /** The intent and capability that this guard acts under. */
    public CapabilityBinding binding() {
        return binding;
    }

    /** The tools that this guard knows. */
    public ToolRegistry tools() {
        return tools;
    }

    /** Collects the parts of a guard. Not thread-safe. */
    public static final class Builder {
        private final CapabilityBinding binding;
        private final ToolRegistry tools;
        private final ToolAuthority authority;
        private final CapabilityVerifier verifier;
        private final String tenantId;
        private final List<GuardListener> listeners = new ArrayList<>();
        private CallJournal journal = new InMemoryCallJournal();
        private EvidenceVersion evidenceVersion = EvidenceVersion.V2;
        private @Nullable PayeeIdentity payee;
        private boolean managedEvidence;
        private boolean deliveryDeferred;
        private int rememberedResults = 1_024;
        private Duration closeTimeout = Duration.ofSeconds(10);
        private Clock clock = Clock.systemUTC();
        private Supplier<String> ids = () -> UUID.randomUUID().toString();

        private Builder(
                CapabilityBinding binding,
                ToolRegistry tools,
                ToolAuthority authority,
                CapabilityVerifier verifier,
                String tenantId) {
            this.binding = Objects.requireNonNull(binding, "binding");
            this.tools = Objects.requireNonNull(tools, "tools");
            this.authority = Objects.requireNonNull(authority, "authority");
            this.verifier = Objects.requireNonNull(verifier, "verifier");
            this.tenantId = Objects.requireNonNull(tenantId, "tenantId");
        }

        /** Where calls are remembered; by default in memory, for this guard alone. The guard does not close it. */
        public Builder journal(CallJournal journal) {
            this.journal = Objects.requireNonNull(journal, "journal");
            return this;
        }

        /** Who signs evidence. Required if a tool has evidence, unless {@link #managedEvidence()} is called. */
        public Builder payee(PayeeIdentity payee) {
            this.payee = Objects.requireNonNull(payee, "payee");
            return this;
        }

        /** Leaves signing to the authority: sandbox guardrail runs only. Not together with {@link #payee}. */
        public Builder managedEvidence() {
            this.managedEvidence = true;
            return this;
        }

        /** The coding that is signed; {@link EvidenceVersion#V2} by default. */
        public Builder evidenceVersion(EvidenceVersion version) {
            this.evidenceVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        /** Watches the guard; any number of them, told in this order. */
        public Builder listener(GuardListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Journals what is owed and leaves delivery to {@link ToolGuard#retryPending()}, so that a call does not wait for
         * it. By default each call tries once before it returns.
         */
        public Builder deferDelivery() {
            this.deliveryDeferred = true;
            return this;
        }

        /**
         * How many results are kept in memory to answer repetitions with; 1024 by default. A repetition of an older call
         * is denied with {@code call.already_ran}.
         */
        public Builder rememberedResults(int count) {
            this.rememberedResults = count;
            return this;
        }

        /** How long {@link ToolGuard#close()} tries to deliver; 10 s by default. */
        public Builder closeTimeout(Duration timeout) {
            this.closeTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /** Tells the time of submission and of journal entries; the system's UTC clock by default. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** Draws the ids of calls that have none; must be unique and hard to guess. Random UUIDs by default. */
        public Builder callIds(Supplier<String> ids) {
            this.ids = Objects.requireNonNull(ids, "ids");
            return this;
        }

        /**
         * @throws ConfigurationException {@code guard.tenant} without a tenant; {@code guard.payee} when a tool has
         *     evidence and nobody to sign it, or two are named; {@code guard.intent} when the intent is no UUID but
         *     evidence is to be signed for it; {@code guard.results} when the number of results is negative
         */
        public ToolGuard build() {
            require(!tenantId.isBlank(), "guard.tenant", "a guard needs the session's tenant");
            require(rememberedResults >= 0, "guard.results", "the number of remembered results is negative");
            return new ToolGuard(this, sealer());
        }

        private EvidenceSealer sealer() {
            PayeeIdentity signer = payee;
            require(
                    signer == null || !managedEvidence,
                    "guard.payee",
                    "either a payee signs or the authority, not both");
            if (signer != null) {
                require(UuidText.isValid(binding.intentId()), "guard.intent", "signed evidence needs an intent's UUID");
                return EvidenceSealer.payee(signer, evidenceVersion);
            }
            boolean needed = tools.declarations().stream().anyMatch(ToolDeclaration::hasEvidence);
            require(managedEvidence || !needed, "guard.payee", "a tool has evidence and there is no payee to sign it");
            return EvidenceSealer.managed();
        }

        private static void require(boolean fulfilled, String code, String message) {
            if (!fulfilled) {
                throw new ConfigurationException(code, message);
            }
        }
    }
}
