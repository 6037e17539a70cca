package ai.paybond.kit.guard;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.capability.Attenuation;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.guard.Resolution.Resolved;
import ai.paybond.kit.guard.Resolution.Unresolvable;
import ai.paybond.kit.guard.ToolOutcome.Refused;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReport;
import ai.paybond.kit.journal.EvidenceDelivery;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
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

    private final ToolGuardBuilder parts;
    private final CapabilityBinding binding;
    private final Supplier<ToolRegistry> tools;
    private final CallIntake intake;
    private final Repetitions repetitions;
    private final Gatekeeper gatekeeper;
    private final CallTransaction transaction;
    private final CallTurns turns;
    private final CallLog callLog;
    private final ApprovalDesk approvals;
    private final EvidenceScribe scribe;
    private final EvidenceDelivery delivery;
    private final Listeners listeners;
    private final Observers observers;
    private final Clock clock;
    private final Duration closeTimeout;
    private final InDoubtCalls inDoubtCalls;

    ToolGuard(ToolGuardBuilder parts, EvidenceSealer sealer) {
        this.parts = parts;
        this.binding = parts.binding;
        this.tools = parts.registry();
        this.clock = parts.clock;
        this.listeners = new Listeners(parts.listeners);
        this.observers = new Observers(parts.observers, binding.intentId());
        this.intake = new CallIntake(parts.tenantId, binding.intentId(), tools, parts.ids);
        this.repetitions = new Repetitions(parts.rememberedResults);
        CallJournal journal = ChargedJournal.of(parts.journal, parts.run());
        HolderKey holder = parts.holderKey();
        HolderProofs proofs = new HolderProofs(binding.token(), holder);
        CapabilityCheck capability = new CapabilityCheck(parts.verifier, binding, holder);
        OfflineAllowance allowance = parts.offline;
        OfflineMode offline = allowance == null
                ? null
                : new OfflineMode(allowance, binding.intentId(), capability, proofs, journal, clock);
        AuthorityCheck authority = new AuthorityCheck(parts.authority, binding, parts.agent, proofs, offline);
        this.gatekeeper = new Gatekeeper(
                List.of(new DeadlineGate(clock), capability, new ApprovalGate(capability)), capability, authority);
        this.callLog = new CallLog(journal, parts.tenantId, clock, parts.ids, offline);
        this.approvals = new ApprovalDesk(
                new HoldLog(journal, parts.tenantId, parts.approvalLifetime, clock),
                intake,
                parts.approver,
                binding,
                parts.tenantId,
                listeners,
                clock);
        this.scribe = new EvidenceScribe(sealer, clock);
        this.delivery = EvidenceDelivery.builder(parts.journal, parts.authority, sealer)
                .clock(clock)
                .tenantId(parts.tenantId)
                .intentId(binding.intentId())
                .reconciler(new Reconciliation(authority, clock))
                .settings(parts.deliverySettings)
                .observer(entry -> listeners.tell(listener -> listener.journaled(entry)))
                .build();
        this.transaction = new CallTransaction(
                gatekeeper,
                parts.authority,
                callLog,
                approvals,
                scribe,
                delivery,
                parts.deliveryDeferred,
                listeners,
                clock);
        this.turns = new CallTurns(repetitions, transaction, callLog, listeners);
        this.closeTimeout = parts.closeTimeout;
        this.inDoubtCalls = new InDoubtCalls(parts, listeners);
        parts.background.accept(delivery);
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
    public static ToolGuardBuilder builder(
            CapabilityBinding binding,
            ToolRegistry tools,
            ToolAuthority authority,
            CapabilityVerifier verifier,
            String tenantId) {
        return new ToolGuardBuilder(binding, tools, authority, verifier, tenantId);
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
            return refuse(refused.call(), Decision.Denied.because(refused.reason()));
        }
        return make(observers.watched(((Resolved) resolution).call()), body);
    }

    private <T> ToolOutcome<T> make(ResolvedCall call, ToolBody<T> body) {
        return call.watch().ended(turns.once(call, () -> transaction.make(call, body)));
    }

    /**
     * Refuses a call for a reason of the host's own, such as a tool that it does not offer, so that the refusal is journaled
     * and told to listeners like any other. For the parameters see {@link #call(String, String, String, ToolBody)}.
     */
    public <T> Refused<T> refuse(
            @Nullable String toolName, @Nullable String callId, @Nullable String argumentsJson, DenyReason reason) {
        Decision.Denied denied = Decision.Denied.because(reason);
        Resolution resolution = intake.read(toolName, callId, argumentsJson);
        if (resolution instanceof Unresolvable unknown) {
            return refuse(unknown.call(), denied);
        }
        ResolvedCall call = ((Resolved) resolution).call();
        return observers.watched(call).watch().ended(transaction.refuse(call, denied));
    }

    private <T> Refused<T> refuse(ToolCall unresolved, Decision.Denied denied) {
        return observers
                .unresolved(unresolved)
                .ended(transaction.<T>refuse(unresolved, intake.keyOf(unresolved), null, denied));
    }

    /**
     * The same guard for calls on other threads: the caller gets a future, may cancel, and may limit how long tools run.
     *
     * @param executor runs calls and tools, such as {@code Executors.newVirtualThreadPerTaskExecutor()}; it should have no
     *     small bound, since a call also waits on it for the authority
     */
    public AsyncGuard async(Executor executor) {
        return new AsyncGuard(intake, turns, transaction, observers, executor, null);
    }

    /**
     * A call to be put together in place: {@code guard.tool("book_hotel").callId("c1").argument("city", "Paris").run(..)}.
     *
     * @param toolName the tool; an undeclared one is denied when the call is made
     */
    public ToolRequest tool(String toolName) {
        return new ToolRequest(this, toolName);
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
        return gatekeeper.preview(((Resolved) resolution).call());
    }

    /**
     * The calls of this intent that wait for a person and are not too late, those of earlier processes among them; the
     * longest first.
     *
     * @throws ai.paybond.kit.journal.JournalException when the journal cannot be asked
     */
    public List<ApprovalRequest> held() {
        return approvals.waiting();
    }

    /**
     * Takes up a call that waits, with a person's answer: in this process or a later one, under the arguments that were
     * stored. An approved call is asked about and made like any other, so that it may be refused, or held again by somebody
     * else. What is no answer of the authority leaves it waiting.
     *
     * <p>Refused with {@code call.not_held} when nothing waits under the id, {@code approval.expired} when it is too late,
     * {@code approval.terms_changed} when price or operation are no longer those that a person was asked about, and
     * {@code call.already_ran} when it was taken up before. A rejection gives {@code approval.rejected} and holds for good.
     * Edited arguments make another call, whose id {@link CallReceipt#callId()} tells.
     *
     * @param callId as {@link ApprovalRequest#callId()} has it
     * @param body runs the tool; called at most once, on this thread
     */
    public <T> ToolOutcome<T> resume(String callId, ApprovalAnswer answer, ToolBody<T> body) {
        return resume(callId, answer, CallCredentials.NONE, body);
    }

    /**
     * As {@link #resume(String, ApprovalAnswer, ToolBody)}, for a caller who keeps the key of the capability's holder to
     * itself. The proof is made now, over what {@link ApprovalRequest} shows or the edited arguments: one that was made when
     * the call was held is too old. What the caller brought then is not kept.
     */
    public <T> ToolOutcome<T> resume(
            String callId, ApprovalAnswer answer, CallCredentials credentials, ToolBody<T> body) {
        Objects.requireNonNull(body, "body");
        HoldVerdict verdict = approvals.resume(keyOf(callId), answer);
        if (verdict instanceof HoldVerdict.GoOn goOn) {
            return make(observers.watched(goOn.call().with(credentials)), body);
        }
        return answerTo(callId, verdict);
    }

    /**
     * Answers a call that waits, without making it. A rejection holds at once and for good. An approval is remembered by this
     * guard, for the next call with the same id and arguments.
     *
     * @return {@link Decision.Allowed} when the call may be asked for again, which is no promise
     * @throws IllegalArgumentException for edited arguments, which nobody would call with; {@link #resume} takes them
     */
    public Decision answer(String callId, ApprovalAnswer answer) {
        if (answer instanceof ApprovalAnswer.Edited) {
            throw new IllegalArgumentException("an edited call is made by resume");
        }
        HoldVerdict verdict = approvals.answer(keyOf(callId), answer);
        if (verdict instanceof HoldVerdict.GoOn) {
            return Decision.Allowed.withoutAuthority();
        }
        ToolOutcome<?> outcome = answerTo(callId, verdict);
        return outcome instanceof ToolOutcome.Held<?> held ? held.decision() : ((Refused<?>) outcome).decision();
    }

    private <T> ToolOutcome<T> answerTo(String callId, HoldVerdict verdict) {
        return verdict instanceof HoldVerdict.Blocked blocked
                ? transaction.refuse(blocked.call(), keyOf(callId), null, Decision.Denied.because(blocked.reason()))
                : verdict.outcome();
    }

    private CallKey keyOf(String callId) {
        return new CallKey(binding.intentId(), callId);
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
        boolean proves = tools.get()
                .find(doubtful.facts().toolName())
                .map(ToolDeclaration::hasEvidence)
                .orElse(true);
        return CallReceipt.of(transaction.settle(scribe.settled(doubtful, proves ? evidence : null)));
    }

    /**
     * Settles a call in doubt, once the vendor or a person has said that it did not happen: its spend is released. It is
     * not run again under the same id.
     *
     * @throws ai.paybond.kit.journal.JournalException as {@link #settleExecuted}
     */
    public CallReceipt settleNotExecuted(String callId) {
        return CallReceipt.of(transaction.settle(inDoubt(callId).failed("settled.not_executed", clock.instant())));
    }

    /**
     * Reports the calls of this intent that are in doubt, those that a dead process left started included, to listeners and
     * the log, and settles those that the resolver knows about. Done when the guard is built, too. Nothing is run again; a
     * process is dead when it had said that it lives, as sessions do that deliver in the background, and no longer does.
     *
     * @return those that are still in doubt
     */
    public List<JournalEntry> resolveInDoubt() {
        return inDoubtCalls.resolve(this);
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

    /**
     * Drains for at most the close timeout. What is then still pending stays in the journal; the journal stays open. The
     * session forgets the guard once nothing is pending.
     */
    @Override
    public void close() {
        DeliveryReport report = drain(closeTimeout);
        delivery.retire();
        if (!report.isComplete()) {
            log.warn("{} calls of intent {} are not delivered yet", report.pending(), binding.intentId());
        }
    }

    /**
     * A guard for a sub-agent, with a part of this one's authority: for the same tenant and intent, and with the same
     * rail, journal, keys and listeners. What it spends is charged to this guard's run too. Works offline.
     *
     * @throws DelegationException {@code delegation.tool_unknown}, {@code delegation.budget_widened} or
     *     {@code delegation.too_deep}
     * @throws ai.paybond.kit.capability.CapabilityException with a code of {@link ai.paybond.kit.capability.DenyCodes} when
     *     the capability cannot be narrowed like this, {@code capability.operation_widened}, {@code capability.spend_widened},
     *     {@code capability.expiry_widened} and {@code capability.not_narrowed} among them
     */
    public ToolGuard delegate(Delegation delegation) {
        return delegation.from(parts).build();
    }

    /** As {@link #delegate(Delegation)}, with a narrower capability and all else as it is here. */
    public ToolGuard delegate(Attenuation attenuation) {
        return delegate(Delegation.builder().attenuation(attenuation).build());
    }

    /** The run that this guard's calls belong to. */
    public GuardRun run() {
        return parts.run();
    }

    /** The intent and capability that this guard acts under. */
    public CapabilityBinding binding() {
        return binding;
    }

    /** The tools that this guard knows now. */
    public ToolRegistry tools() {
        return tools.get();
    }
}
