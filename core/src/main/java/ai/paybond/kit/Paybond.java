package ai.paybond.kit;

import ai.paybond.kit.a2a.A2aClient;
import ai.paybond.kit.async.Async;
import ai.paybond.kit.audit.AuditClient;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.fraud.FraudClient;
import ai.paybond.kit.funding.Funding;
import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolGuardBuilder;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.Approvals;
import ai.paybond.kit.harbor.HarborClient;
import ai.paybond.kit.harbor.HarborSession;
import ai.paybond.kit.harbor.Intents;
import ai.paybond.kit.harbor.Policies;
import ai.paybond.kit.harbor.SandboxGuardrails;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.harbor.SpendControls;
import ai.paybond.kit.harbor.SpendPreflight;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReport;
import ai.paybond.kit.journal.DeliveryWorker;
import ai.paybond.kit.journal.EvidenceDelivery;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.JournalException;
import ai.paybond.kit.policy.EffectivePolicySource;
import ai.paybond.kit.policy.LivePolicy;
import ai.paybond.kit.policy.PolicyCheck;
import ai.paybond.kit.policy.PolicyParser;
import ai.paybond.kit.protocol.ProtocolClient;
import ai.paybond.kit.run.AgentRunClient;
import ai.paybond.kit.signal.SignalClient;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of one service account with Paybond, and the place where everything starts:
 *
 * <pre>{@code
 * try (Paybond paybond = Paybond.open(options)) {
 *     ToolGuard guard = paybond.guard(new CapabilityBinding(intentId, token, "usd"), tools).build();
 *     ToolOutcome<Booking> outcome = guard.call(ToolCall.of("book_hotel", callId, arguments), call -> book(call));
 * }
 * }</pre>
 *
 * <p>The tenant is derived from the API key and cannot be supplied; every reply is held against it. Thread-safe.
 */
public final class Paybond implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Paybond.class);

    private final PaybondOptions options;
    private final HarborSession session;
    private final @Nullable CapabilityVerifier verifier;
    private final ToolAuthority authority;
    private final SessionJournal journal;
    private final EvidenceDelivery delivery;
    private final @Nullable DeliveryWorker worker;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Paybond(PaybondOptions options, HarborSession session, @Nullable CapabilityVerifier verifier) {
        this.options = options;
        this.session = session;
        this.verifier = verifier;
        this.authority = new HarborToolAuthority(session.harbor(), session.guardrails(), options.argumentDisclosure());
        CallJournal given = options.journal();
        CallJournal shared = given == null ? new InMemoryCallJournal() : given;
        String process = options.backgroundDelivery() ? UUID.randomUUID().toString() : null;
        this.journal = new SessionJournal(shared, process);
        this.delivery = delivery();
        this.worker = process == null
                ? null
                : DeliveryWorker.start(
                        shared,
                        delivery,
                        tenantId(),
                        process,
                        options.delivery(),
                        options.clock(),
                        options.deliveryThreads());
    }

    private EvidenceDelivery delivery() {
        PayeeIdentity payee = options.payee();
        EvidenceSealer sealer =
                payee == null ? EvidenceSealer.managed() : EvidenceSealer.payee(payee, evidenceVersion());
        return EvidenceDelivery.builder(journal, authority, owed -> sealedIfOwn(sealer, owed))
                .tenantId(tenantId())
                .clock(options.clock())
                .settings(options.delivery())
                .build();
    }

    /** Another session's calls are delivered as that one signed them, and never signed for it. */
    private EvidenceEnvelope sealedIfOwn(EvidenceSealer sealer, EvidenceEnvelope owed) {
        if (!journal.includes(owed.context().intentId())) {
            throw new PaybondException("evidence.unsigned", "only the session of its payee can sign this evidence");
        }
        return sealer.seal(owed);
    }

    /**
     * Opens a session: exchanges the API key for a Harbor token when a Harbor URL is configured, and asks the Gateway for
     * the key's principal otherwise. Needs no signing key.
     *
     * @throws ai.paybond.kit.harbor.GatewayAuthException when the Gateway refuses the key or does not name a tenant
     * @throws ai.paybond.kit.harbor.HarborUnreachableException when the Gateway does not answer
     * @throws ai.paybond.kit.harbor.ProtocolException when its answer cannot be read
     * @throws ConfigurationException when an address is one that a key must not be sent to, or the key is of another
     *     environment than expected
     */
    public static Paybond open(PaybondOptions options) {
        CapabilityVerifier verifier = verifier(options);
        return new Paybond(options, HarborSession.open(options), verifier);
    }

    private static @Nullable CapabilityVerifier verifier(PaybondOptions options) {
        if (options.remoteVerificationOnly()) {
            log.warn("capabilities are not verified in this process; every decision is left to Harbor");
            return CapabilityVerifier.remoteOnly();
        }
        if (options.capabilityRootKeys().isEmpty()) {
            return null;
        }
        CapabilityVerifier.Builder builder = CapabilityVerifier.builder().clock(options.clock());
        options.capabilityRootKeys().forEach(builder::rootKey);
        options.approverKeys().forEach((key, name) -> builder.approverKey(name, key));
        return builder.build();
    }

    /** The tenant that the Gateway derived from the API key. */
    public String tenantId() {
        return session.tenantId();
    }

    /** How Harbor is reached. */
    public SessionMode mode() {
        return session.mode();
    }

    /** Harbor, for this tenant. */
    public HarborClient harbor() {
        return session.harbor();
    }

    /** Intents and evidence, signed. */
    public Intents intents() {
        return session.intents();
    }

    /** Every call of this session and its clients as a {@link CompletableFuture}, made on the executor. */
    public Async<Paybond> async(Executor executor) {
        return Async.of(this, executor);
    }

    /** How approvals stand at the Gateway; {@link Approvals#polling} waits for them. */
    public Approvals approvals() {
        return session.approvals();
    }

    /** Pays for intents whose rail wants to be paid. */
    public Funding funding() {
        return Funding.of(session.harbor(), options.clock());
    }

    /** What the Gateway thinks of policy files. */
    public Policies policies() {
        return session.policies();
    }

    /** The Gateway as the one that knows organisations' policies, for {@link PolicyParser#effectiveFrom}. */
    public EffectivePolicySource policySource() {
        return new GatewayPolicyWord(session.policies());
    }

    /** The Gateway's last word on a changed policy, for {@link LivePolicy.Builder#remoteCheck}. */
    public PolicyCheck policyCheck() {
        return new GatewayPolicyWord(session.policies());
    }

    /** What would become of a spend, without making it. */
    public SpendPreflight preflight() {
        return session.preflight();
    }

    /** Ready-made sandbox runs. */
    public SandboxGuardrails guardrails() {
        return session.guardrails();
    }

    /** What was decided on spends, and what is held. */
    public SpendControls spendControls() {
        return session.spendControls();
    }

    /** Reputations and portfolios. */
    public SignalClient signal() {
        return session.signal();
    }

    /** Fraud reviews. */
    public FraudClient fraud() {
        return session.fraud();
    }

    /** What agents of other vendors are told. */
    public A2aClient a2a() {
        return session.a2a();
    }

    /** Mandates and receipts. */
    public ProtocolClient protocol() {
        return session.protocol();
    }

    /** Runs of agents, and what happened in them. */
    public AgentRunClient agentRuns() {
        return session.agentRuns();
    }

    /** Audit exports. */
    public AuditClient audit() {
        return session.audit();
    }

    /**
     * The verifier that guards of this session use.
     *
     * @throws ConfigurationException {@code capability_root_key.missing} when no root key is pinned and
     *     {@link PaybondOptions.Builder#remoteVerificationOnly()} was not chosen either
     */
    public CapabilityVerifier capabilities() {
        if (verifier == null) {
            throw new ConfigurationException(
                    "capability_root_key.missing",
                    "guarding needs PaybondOptions.Builder.capabilityRootKey(id, key), or remoteVerificationOnly()");
        }
        return verifier;
    }

    /**
     * Harbor as the rail of this session's guards, for a guard that is put together by hand around a decorated one; see
     * {@link ToolGuard#builder}.
     */
    public ToolAuthority authority() {
        return authority;
    }

    /**
     * A guard for one intent, with this session's authority, verifier, journal, clock and payee filled in.
     *
     * @throws ConfigurationException as {@link #capabilities()}
     */
    public ToolGuardBuilder guard(CapabilityBinding binding, ToolRegistry tools) {
        ToolGuardBuilder guard = unsealedGuard(binding, tools);
        PayeeIdentity payee = options.payee();
        return payee == null ? guard : guard.payee(payee);
    }

    /**
     * A guard for a sandbox run, whose evidence the Gateway signs.
     *
     * @throws ConfigurationException as {@link #capabilities()}, and {@code guardrail.currency} when the run names none
     */
    public ToolGuardBuilder guard(SandboxRun run, ToolRegistry tools) {
        String currency = run.currency();
        if (currency == null) {
            throw new ConfigurationException("guardrail.currency", "the sandbox run names no currency");
        }
        return unsealedGuard(new CapabilityBinding(run.intentId(), run.capabilityToken(), currency), tools)
                .managedEvidence();
    }

    private ToolGuardBuilder unsealedGuard(CapabilityBinding binding, ToolRegistry tools) {
        CapabilityVerifier verifying = capabilities();
        journal.include(binding.intentId());
        ToolGuardBuilder guard = ToolGuard.builder(binding, tools, authority, verifying, tenantId())
                .journal(journal)
                .evidenceVersion(evidenceVersion())
                .clock(options.clock())
                .deliverySettings(options.delivery())
                .backgroundDelivery(worker == null ? guarded -> {} : worker::adopt)
                .closeTimeout(options.closeTimeout());
        options.observers().forEach(guard::observer);
        return guard;
    }

    private EvidenceVersion evidenceVersion() {
        return mode() == SessionMode.DIRECT_HARBOR ? EvidenceVersion.V1 : EvidenceVersion.V2;
    }

    /**
     * Has a parked call tried again: one whose spend or evidence was refused, or could not be delivered for too long. Parked
     * calls are found with {@link CallJournal#list} by their state {@link CallState#REJECTED}.
     *
     * @return the entry as it stands afterwards
     * @throws ai.paybond.kit.journal.JournalException {@code call.not_parked} when nothing of the call is parked that can be
     *     delivered, or it is another tenant's
     */
    public JournalEntry retryDelivery(CallKey call) {
        return delivery.retry(call);
    }

    /**
     * Settles a call in doubt of any intent of the tenant, once the vendor or a person has said that it happened; see
     * {@link ToolGuard#settleExecuted}. Also for a call that is still {@link CallState#STARTED}: be sure that nothing, in this
     * process either, still runs it.
     *
     * @param evidence what the tool's result would have proved
     * @throws ai.paybond.kit.journal.JournalException {@code call.not_in_doubt} when the call's outcome is known, or the call
     *     is not, or is another tenant's
     */
    public CallReceipt settleExecuted(CallKey call, JsonObject evidence) {
        try (ToolGuard guard = settlingGuard(call)) {
            return guard.settleExecuted(call.callId(), evidence);
        }
    }

    /**
     * Settles a call in doubt of any intent of the tenant, once the vendor or a person has said that it did not happen; see
     * {@link ToolGuard#settleNotExecuted}.
     *
     * @throws ai.paybond.kit.journal.JournalException as {@link #settleExecuted}
     */
    public CallReceipt settleNotExecuted(CallKey call) {
        try (ToolGuard guard = settlingGuard(call)) {
            return guard.settleNotExecuted(call.callId());
        }
    }

    /** Knows no tool and holds no capability, so that no call can be made with it. */
    private ToolGuard settlingGuard(CallKey call) {
        boolean own = journal.find(call)
                .filter(entry -> entry.facts().tenantId().equals(tenantId()))
                .isPresent();
        if (!own) {
            throw new JournalException("call.not_in_doubt", "the call is not in doubt", null);
        }
        ToolGuardBuilder guard = ToolGuard.builder(
                        new CapabilityBinding(call.intentId(), CapabilityToken.of("none"), "usd"),
                        ToolRegistry.of(),
                        authority,
                        CapabilityVerifier.remoteOnly(),
                        tenantId())
                .journal(journal)
                .evidenceVersion(evidenceVersion())
                .clock(options.clock())
                .closeTimeout(Duration.ZERO);
        PayeeIdentity payee = options.payee();
        return (payee == null ? guard.managedEvidence() : guard.payee(payee)).build();
    }

    /**
     * Tries to deliver what this session owes until nothing is left or the time is up. The session stays open. What could not
     * be delivered stays in the journal.
     *
     * @return what was and was not delivered; never throws for a fault of authority or journal
     */
    public DeliveryReport drain(Duration limit) {
        return delivery.drain(limit);
    }

    /**
     * Exchanges the API key for a new Harbor token now, as in a rotation drill. When that fails, the old token stays in use.
     * Nothing happens in a session through the Gateway, which has no such token.
     *
     * @throws ai.paybond.kit.harbor.GatewayAuthException when the Gateway refuses the key
     * @throws ai.paybond.kit.harbor.TenantBindingException when the new token is for another tenant; it is not used
     */
    public void rotateHarborToken() {
        session.rotateHarborToken();
    }

    /**
     * Delivers what the guards of this session left pending, for at most {@link PaybondOptions#closeTimeout()}, then
     * refuses further calls and releases the sockets. Requests that are under way when the time is up are cancelled. What
     * could not be delivered stays in the journal. Close guards of your own before their session.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration limit = options.closeTimeout();
        CompletableFuture<Void> cutOff = CompletableFuture.runAsync(
                session::close, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try {
            stopAndDrain(limit);
        } finally {
            cutOff.cancel(false);
            session.close();
        }
    }

    private void stopAndDrain(Duration limit) {
        long begun = System.nanoTime();
        if (worker != null) {
            worker.stop(limit);
        }
        DeliveryReport report = delivery.drain(limit.minusNanos(System.nanoTime() - begun));
        if (!report.isComplete()) {
            log.warn("{} calls are not delivered yet; they stay in the journal", report.pending());
        }
        if (worker != null) {
            worker.close();
        }
    }
}
