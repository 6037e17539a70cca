package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.SessionMode;
import ai.paybond.kit.a2a.A2aClient;
import ai.paybond.kit.audit.AuditClient;
import ai.paybond.kit.fraud.FraudClient;
import ai.paybond.kit.internal.http.Bearer;
import ai.paybond.kit.internal.http.Endpoint;
import ai.paybond.kit.internal.http.HttpLimits;
import ai.paybond.kit.internal.http.HttpTransport;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Connection;
import ai.paybond.kit.protocol.ProtocolClient;
import ai.paybond.kit.run.AgentRunClient;
import ai.paybond.kit.signal.SignalClient;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.intent.IntentVersion;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The network half of a session: one tenant, one HTTP client, and the clients that share them. Most programs open
 * {@link ai.paybond.kit.Paybond} instead, which adds the guard. Thread-safe.
 */
public final class HarborSession implements AutoCloseable {
    private final HttpTransport transport;
    private final SessionMode mode;
    private final @Nullable HarborAccess access;
    private final HarborClient harbor;
    private final Intents intents;
    private final SandboxGuardrails guardrails;
    private final Approvals approvals;
    private final Policies policies;
    private final SpendPreflight preflight;
    private final SpendControls spendControls;
    private final SignalClient signal;
    private final AuditClient audit;
    private final AgentRunClient agentRuns;
    private final ProtocolClient protocol;
    private final A2aClient a2a;
    private final FraudClient fraud;

    private HarborSession(Opening opening, SessionIdentity identity) {
        this.transport = opening.transport;
        this.mode = opening.mode();
        this.access = opening.access;
        Channel channel = new Channel(opening.gateway, opening.harbor, identity.tenantId(), opening.machine);
        this.harbor = new HttpHarborClient(channel, opening.proofs(identity.tenantId()));
        this.intents = opening.intents(harbor);
        this.policies = new Policies(channel);
        this.preflight = new SpendPreflight(channel);
        this.guardrails = new SandboxGuardrails(channel);
        this.approvals = new Approvals(channel, opening.machine);
        this.spendControls = new SpendControls(channel);
        this.signal = new SignalClient(channel);
        this.audit = new AuditClient(channel);
        this.agentRuns = new AgentRunClient(channel);
        this.protocol = new ProtocolClient(channel);
        this.a2a = new A2aClient(channel);
        this.fraud = new FraudClient(channel);
    }

    /**
     * Asks the Gateway whose key it is, and opens the session for that tenant.
     *
     * @throws GatewayAuthException when the Gateway refuses the key or does not name a tenant
     * @throws HarborUnreachableException when the Gateway does not answer
     * @throws ai.paybond.kit.ConfigurationException for an address that a key must not be sent to ({@code url.insecure} and
     *     others), or a key of another environment than expected ({@code environment.mismatch})
     */
    public static HarborSession open(PaybondOptions options) {
        return open(options, Machine.real());
    }

    static HarborSession open(PaybondOptions options, Machine machine) {
        Opening opening = new Opening(options, machine);
        try {
            SessionIdentity identity = opening.identify();
            identity.mustBeIn(options.expectedEnvironment(), options.apiKey().environment());
            return new HarborSession(opening, identity);
        } catch (RuntimeException | Error e) {
            opening.transport.close();
            throw e;
        }
    }

    /** The tenant that the Gateway derived from the API key. */
    public String tenantId() {
        return harbor.tenantId();
    }

    /** How Harbor is reached. */
    public SessionMode mode() {
        return mode;
    }

    /** Harbor, for this tenant. */
    public HarborClient harbor() {
        return harbor;
    }

    /** Intents and evidence, signed. */
    public Intents intents() {
        return intents;
    }

    /** Ready-made sandbox runs. */
    public SandboxGuardrails guardrails() {
        return guardrails;
    }

    /** How approvals stand. */
    public Approvals approvals() {
        return approvals;
    }

    /** What the Gateway thinks of policy files. */
    public Policies policies() {
        return policies;
    }

    /** What would become of a spend. */
    public SpendPreflight preflight() {
        return preflight;
    }

    /** What was decided on spends, and what is held. */
    public SpendControls spendControls() {
        return spendControls;
    }

    /** Reputations and portfolios. */
    public SignalClient signal() {
        return signal;
    }

    /** Fraud reviews. */
    public FraudClient fraud() {
        return fraud;
    }

    /** What agents of other vendors are told. */
    public A2aClient a2a() {
        return a2a;
    }

    /** Mandates and receipts. */
    public ProtocolClient protocol() {
        return protocol;
    }

    /** Runs of agents, and what happened in them. */
    public AgentRunClient agentRuns() {
        return agentRuns;
    }

    /** Audit exports. */
    public AuditClient audit() {
        return audit;
    }

    /**
     * Exchanges the API key for a new Harbor token now, as in a rotation drill. When that fails, the old token stays in use.
     * Nothing happens in a session through the Gateway, which has no such token.
     */
    public void rotateHarborToken() {
        if (access != null) {
            access.rotate();
        }
    }

    /** Refuses further calls, cancels running ones and releases the sockets. */
    @Override
    public void close() {
        transport.close();
    }

    /** What is put together before the tenant is known. */
    private static final class Opening {
        private final PaybondOptions options;
        private final Machine machine;
        private final HttpTransport transport;
        private final Connection gateway;
        private final Connection harbor;
        private final @Nullable HarborAccess access;

        Opening(PaybondOptions options, Machine machine) {
            this.options = options;
            this.machine = machine;
            Endpoint gatewayEndpoint = Endpoint.of(options.gatewayUrl(), "the Gateway URL");
            URI harborUrl = options.harborUrl();
            Endpoint harborEndpoint = harborUrl == null ? null : Endpoint.of(harborUrl, "the Harbor URL");
            this.transport = new HttpTransport(
                    new HttpLimits(options.requestTimeout(), options.maxAttempts(), options.maxResponseBytes()),
                    machine);
            Bearer apiKey = Bearer.fixed(options.apiKey().expose());
            this.gateway = Connection.gateway(transport, gatewayEndpoint, apiKey, HarborFaults.INSTANCE);
            this.access = harborEndpoint == null ? null : new HarborAccess(gateway, machine, options.clockSkew());
            this.harbor =
                    harborEndpoint == null || access == null ? gateway : gateway.directHarbor(harborEndpoint, access);
        }

        SessionMode mode() {
            return access == null ? SessionMode.GATEWAY : SessionMode.DIRECT_HARBOR;
        }

        SessionIdentity identify() {
            return access == null ? SessionIdentity.ofPrincipal(gateway) : access.open();
        }

        /** Direct Harbor asks for no proof. */
        ProofOfRequest proofs(String tenantId) {
            return access == null
                    ? ProofOfRequest.recognition(tenantId, options.recognitionKey(), options.clock(), machine)
                    : ProofOfRequest.none();
        }

        Intents intents(HarborClient harbor) {
            return access == null
                    ? new Intents(harbor, IntentVersion.V6, EvidenceVersion.V2, options.clock())
                    : new Intents(harbor, IntentVersion.V2, EvidenceVersion.V1, options.clock());
        }
    }
}
