package ai.paybond.kit.guard;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.approval.Approver;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.DeliverySettings;
import ai.paybond.kit.journal.EvidenceDelivery;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects the parts of a guard. Not thread-safe. */
public final class ToolGuardBuilder implements Cloneable {
    CapabilityBinding binding;
    ToolRegistry tools;
    final ToolAuthority authority;
    final CapabilityVerifier verifier;
    final String tenantId;
    List<GuardListener> listeners = new ArrayList<>();
    List<CallObserver> observers = new ArrayList<>();
    CallJournal journal = new InMemoryCallJournal();
    EvidenceVersion evidenceVersion = EvidenceVersion.V2;

    @Nullable PayeeIdentity payee;

    @Nullable Supplier<ToolRegistry> liveTools;

    @Nullable OfflineAllowance offline;

    @Nullable Signer holder;

    @Nullable GuardRun run;

    AgentContext agent = AgentContext.NONE;

    @Nullable InDoubtResolver inDoubtResolver;

    boolean managedEvidence;
    boolean deliveryDeferred;
    int rememberedResults = 1_024;

    @Nullable Approver approver;

    Duration approvalLifetime = Duration.ofHours(24);
    Duration closeTimeout = Duration.ofSeconds(10);
    Clock clock = Clock.systemUTC();
    DeliverySettings deliverySettings = DeliverySettings.DEFAULT;
    Consumer<EvidenceDelivery> background = delivery -> {};
    Supplier<String> ids = () -> UUID.randomUUID().toString();

    ToolGuardBuilder(
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

    /**
     * Takes the tools from here, once for each call, instead of the fixed ones; such as from a
     * {@link ai.paybond.kit.policy.LivePolicy}. While it throws or gives null, every call is denied with
     * {@code tool.undeclared}. Since tools may come to have evidence, a payee or {@link #managedEvidence()} is required.
     */
    public ToolGuardBuilder liveTools(Supplier<ToolRegistry> registry) {
        this.liveTools = Objects.requireNonNull(registry, "registry");
        return this;
    }

    Supplier<ToolRegistry> registry() {
        return liveTools == null ? () -> tools : liveTools;
    }

    /** Where calls are remembered; by default in memory, for this guard alone. The guard does not close it. */
    public ToolGuardBuilder journal(CallJournal journal) {
        this.journal = Objects.requireNonNull(journal, "journal");
        return this;
    }

    /** On whose behalf calls are made, for the authority's spend policy and receipts; by default nothing is told. */
    public ToolGuardBuilder agent(AgentContext context) {
        this.agent = Objects.requireNonNull(context, "context");
        return this;
    }

    /** Who signs evidence. Required if a tool has evidence, unless {@link #managedEvidence()} is called. */
    public ToolGuardBuilder payee(PayeeIdentity payee) {
        this.payee = Objects.requireNonNull(payee, "payee");
        return this;
    }

    /** Leaves signing to the authority: sandbox guardrail runs only. Not together with {@link #payee}. */
    public ToolGuardBuilder managedEvidence() {
        this.managedEvidence = true;
        return this;
    }

    /**
     * Lets calls run while the authority cannot be reached, within an allowance; without this, and by default, such calls are
     * denied. A call is covered when the capability was verified here, it spends something, and the allowance has room for
     * it; never when a person approved it ({@code offline.approved}), and never when the authority answered, whatever it answered. It is journaled as offline, and once the authority is back,
     * {@link ToolGuard#retryPending()} has it decide under the key of the first attempt, then consumes the spend and delivers
     * the evidence. What it does not accept then is parked with {@code offline.refused_on_return}.
     *
     * <p>This trades the authority's certainty for availability: a capability that was revoked meanwhile still works, up to
     * the allowance. Give the guard a journal that survives the process.
     */
    public ToolGuardBuilder offline(OfflineAllowance allowance) {
        this.offline = Objects.requireNonNull(allowance, "allowance");
        return this;
    }

    /** The coding that is signed; {@link EvidenceVersion#V2} by default. */
    public ToolGuardBuilder evidenceVersion(EvidenceVersion version) {
        this.evidenceVersion = Objects.requireNonNull(version, "version");
        return this;
    }

    /** Watches the guard; any number of them, told in this order. */
    public ToolGuardBuilder listener(GuardListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Surrounds each call, for metrics, traces and log contexts; see {@code ai.paybond.kit.observe}. Any number of them. */
    public ToolGuardBuilder observer(CallObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    /**
     * Journals what is owed and leaves delivery to {@link ToolGuard#retryPending()}, so that a call does not wait for
     * it. By default each call tries once before it returns.
     */
    public ToolGuardBuilder deferDelivery() {
        this.deliveryDeferred = true;
        return this;
    }

    /**
     * Is asked about each call in doubt when the guard is built and with each {@link ToolGuard#resolveInDoubt()}. By default
     * nobody is; such calls are reported and stay as they are.
     */
    public ToolGuardBuilder inDoubtResolver(InDoubtResolver resolver) {
        this.inDoubtResolver = Objects.requireNonNull(resolver, "resolver");
        return this;
    }

    /** How patiently evidence is delivered; {@link DeliverySettings#DEFAULT} by default. */
    public ToolGuardBuilder deliverySettings(DeliverySettings settings) {
        this.deliverySettings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /**
     * Is given the guard's delivery, to try in the background what a call could not deliver; such as
     * {@link ai.paybond.kit.journal.DeliveryWorker#adopt}. By default nobody does; sessions with a journal of their own see
     * to it.
     */
    public ToolGuardBuilder backgroundDelivery(Consumer<EvidenceDelivery> adopter) {
        this.background = Objects.requireNonNull(adopter, "adopter");
        return this;
    }

    /**
     * How many results are kept in memory to answer repetitions with; 1024 by default. A repetition of an older call
     * is denied with {@code call.already_ran}.
     */
    public ToolGuardBuilder rememberedResults(int count) {
        this.rememberedResults = count;
        return this;
    }

    /**
     * Is asked at once when a call is held, on the thread that made the call; by default nobody is, and held calls wait for
     * {@link ToolGuard#resume}.
     */
    public ToolGuardBuilder approver(Approver approver) {
        this.approver = Objects.requireNonNull(approver, "approver");
        return this;
    }

    /** How long a held call waits at most, also for an authority that would wait longer; 24 hours by default. */
    public ToolGuardBuilder approvalLifetime(Duration lifetime) {
        this.approvalLifetime = Objects.requireNonNull(lifetime, "lifetime");
        return this;
    }

    /** How long {@link ToolGuard#close()} tries to deliver; 10 s by default. */
    public ToolGuardBuilder closeTimeout(Duration timeout) {
        this.closeTimeout = Objects.requireNonNull(timeout, "timeout");
        return this;
    }

    /** Tells the time of submission and of journal entries; the system's UTC clock by default. */
    public ToolGuardBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Draws the ids of calls that have none; must be unique and hard to guess. Random UUIDs by default. */
    public ToolGuardBuilder callIds(Supplier<String> ids) {
        this.ids = Objects.requireNonNull(ids, "ids");
        return this;
    }

    /**
     * Signs each call with the key of the capability's holder, if the capability names one; by default nobody does, and a
     * call needs a {@link ai.paybond.kit.capability.HolderProof} then. The authority is shown a proof of its own, too.
     */
    public ToolGuardBuilder holder(Signer holder) {
        this.holder = Objects.requireNonNull(holder, "holder");
        return this;
    }

    /** The run that the calls belong to, and spend from; by default one named like the intent, without a limit. */
    public ToolGuardBuilder run(GuardRun run) {
        this.run = Objects.requireNonNull(run, "run");
        return this;
    }

    GuardRun run() {
        GuardRun known = run;
        return known == null ? GuardRun.of(binding.intentId(), tenantId, binding) : known;
    }

    @Nullable HolderKey holderKey() {
        return holder == null ? null : new HolderKey(holder, clock);
    }

    /** All the parts, those that a later version adds included. */
    ToolGuardBuilder copy() {
        try {
            ToolGuardBuilder copy = (ToolGuardBuilder) clone();
            copy.listeners = new ArrayList<>(listeners);
            copy.observers = new ArrayList<>(observers);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("a builder can be cloned", e);
        }
    }

    /**
     * @throws ConfigurationException {@code guard.tenant} without a tenant; {@code guard.payee} when a tool has
     *     evidence and nobody to sign it, or two are named; {@code guard.intent} when the intent is no UUID but
     *     evidence is to be signed for it; {@code guard.results} when the number of results is negative;
     *     {@code guard.offline} when there is an offline allowance and the authority signs the evidence;
     *     {@code guard.run} when the run is of another tenant, intent or currency;
     *     {@code guard.approval_lifetime} when no call could wait
     */
    public ToolGuard build() {
        require(!tenantId.isBlank(), "guard.tenant", "a guard needs the session's tenant");
        require(
                !approvalLifetime.isNegative() && !approvalLifetime.isZero(),
                "guard.approval_lifetime",
                "a person needs time to answer");
        require(rememberedResults >= 0, "guard.results", "the number of remembered results is negative");
        require(
                offline == null || !managedEvidence,
                "guard.offline",
                "offline calls are proved by the payee's signature, which a sandbox run has not");
        require(run().isFor(tenantId, binding), "guard.run", "the run is of another tenant, intent or currency");
        ToolGuard guard = new ToolGuard(copy(), sealer());
        guard.resolveInDoubt();
        return guard;
    }

    private EvidenceSealer sealer() {
        PayeeIdentity signer = payee;
        require(signer == null || !managedEvidence, "guard.payee", "either a payee signs or the authority, not both");
        if (signer != null) {
            require(UuidText.isValid(binding.intentId()), "guard.intent", "signed evidence needs an intent's UUID");
            return EvidenceSealer.payee(signer, evidenceVersion);
        }
        boolean needed = liveTools != null || tools.declarations().stream().anyMatch(ToolDeclaration::hasEvidence);
        require(managedEvidence || !needed, "guard.payee", "a tool has evidence and there is no payee to sign it");
        return EvidenceSealer.managed();
    }

    private static void require(boolean fulfilled, String code, String message) {
        if (!fulfilled) {
            throw new ConfigurationException(code, message);
        }
    }
}
