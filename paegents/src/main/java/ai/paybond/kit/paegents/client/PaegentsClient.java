package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.internal.HttpSender;
import ai.paybond.kit.paegents.internal.RetryingSender;
import java.util.Objects;

/**
 * Everything Paegents, for one agent, over one HTTP client. Opens no connection by itself. Reads, and writes under their
 * idempotency keys, are sent again after throttling, a 502 to 504 or a lost connection; metered writes never are. Every
 * method throws {@link PaegentsApiException} when there is no result. Thread-safe; close it when done.
 */
public final class PaegentsClient implements AutoCloseable {
    private final Backend backend;
    private final RetryingSender sender;

    private PaegentsClient(Backend backend, RetryingSender sender) {
        this.backend = backend;
        this.sender = sender;
    }

    /** @throws ai.paybond.kit.ConfigurationException {@code url.insecure} and the like for an unfit address */
    public static PaegentsClient open(PaegentsOptions options) {
        HttpSender http =
                new HttpSender(options.apiUrl, options.connectTimeout, options.timeout, options.maxReplyBytes);
        RetryingSender sender = new RetryingSender(http, options.maxAttempts, options.pause);
        return new PaegentsClient(new Backend(sender, options, options.agentId, options.ownerJwt), sender);
    }

    /** The same client speaking for this owner on owner routes; closing either closes both. */
    public PaegentsClient withOwner(OwnerJwt jwt) {
        return new PaegentsClient(backend.as(backend.agentId(), Objects.requireNonNull(jwt, "jwt")), sender);
    }

    /** The same client looking after another agent of the owner on owner routes; closing either closes both. */
    public PaegentsClient forAgent(String agentId) {
        ApiCall.requireSegment(agentId);
        return new PaegentsClient(backend.as(agentId, backend.owner()), sender);
    }

    /** The agent this client speaks for. */
    public String agentId() {
        return backend.agentId();
    }

    /** AP2: mandates and paying. */
    public Mandates mandates() {
        return new Mandates(backend);
    }

    /** The service catalogue. */
    public Catalogue catalogue() {
        return new Catalogue(backend);
    }

    /** Usage agreements. */
    public Agreements agreements() {
        return new Agreements(backend);
    }

    /** Activation and settlement of escrows. */
    public Escrows escrows() {
        return new Escrows(backend);
    }

    /** The owner's policy for the agent. */
    public Policies policies() {
        return new Policies(backend);
    }

    /** What waits for the owner. */
    public Approvals approvals() {
        return new Approvals(backend);
    }

    /** Spending limits and what is left of them. */
    public SpendingLimits limits() {
        return new SpendingLimits(backend);
    }

    /** Webhook subscriptions and deliveries. */
    public Webhooks webhooks() {
        return new Webhooks(backend);
    }

    /** The agent's events, for those who poll. */
    public AgentEvents events() {
        return new AgentEvents(backend);
    }

    /** Receipts, and what a direct payment costs. */
    public Receipts receipts() {
        return new Receipts(backend);
    }

    /** Invitations. */
    public Invites invites() {
        return new Invites(backend);
    }

    /** Calls through the metered proxy of an active agreement. */
    public MeteredClient metered(String agreementId) {
        return new MeteredClient(backend, agreementId);
    }

    /** Routes of the older SDKs. */
    public LegacyPayments legacy() {
        return new LegacyPayments(backend);
    }

    /** Whether the service says it is up. */
    public boolean isHealthy() {
        try {
            backend.get("health").open().anything();
            return true;
        } catch (PaegentsApiException e) {
            return false;
        }
    }

    /** Cancels running requests and releases sockets and threads. */
    @Override
    public void close() {
        sender.close();
    }
}
