package ai.paybond.kit.sandbox;

import ai.paybond.kit.sandbox.internal.audit.AuditEndpoints;
import ai.paybond.kit.sandbox.internal.audit.AuditExports;
import ai.paybond.kit.sandbox.internal.capability.CapabilityIssuer;
import ai.paybond.kit.sandbox.internal.capability.CapabilityRefusedException;
import ai.paybond.kit.sandbox.internal.capability.CapabilityVerifier;
import ai.paybond.kit.sandbox.internal.capability.Grant;
import ai.paybond.kit.sandbox.internal.http.AccessEndpoints;
import ai.paybond.kit.sandbox.internal.http.Authenticator;
import ai.paybond.kit.sandbox.internal.http.HarborTokens;
import ai.paybond.kit.sandbox.internal.http.IdempotencyGate;
import ai.paybond.kit.sandbox.internal.http.Pipeline;
import ai.paybond.kit.sandbox.internal.http.RecognitionGate;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.http.SandboxServer;
import ai.paybond.kit.sandbox.internal.http.TracePage;
import ai.paybond.kit.sandbox.internal.intent.DisputeEndpoints;
import ai.paybond.kit.sandbox.internal.intent.GuardrailEndpoints;
import ai.paybond.kit.sandbox.internal.intent.IntentEndpoints;
import ai.paybond.kit.sandbox.internal.intent.IntentServices;
import ai.paybond.kit.sandbox.internal.intent.PolicyEndpoints;
import ai.paybond.kit.sandbox.internal.intent.PolicyRegistry;
import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.ledger.LedgerEndpoints;
import ai.paybond.kit.sandbox.internal.login.DeviceLogins;
import ai.paybond.kit.sandbox.internal.policy.PolicyFileEndpoints;
import ai.paybond.kit.sandbox.internal.protocol.A2aEndpoints;
import ai.paybond.kit.sandbox.internal.protocol.MandateEndpoints;
import ai.paybond.kit.sandbox.internal.protocol.MandateImport;
import ai.paybond.kit.sandbox.internal.receipt.ReceiptEndpoints;
import ai.paybond.kit.sandbox.internal.receipt.ReceiptIssuer;
import ai.paybond.kit.sandbox.internal.run.AgentRunEndpoints;
import ai.paybond.kit.sandbox.internal.signal.FraudEndpoints;
import ai.paybond.kit.sandbox.internal.signal.Reviews;
import ai.paybond.kit.sandbox.internal.signal.SignalEndpoints;
import ai.paybond.kit.sandbox.internal.spend.ApprovalEndpoints;
import ai.paybond.kit.sandbox.internal.spend.ApprovalVotes;
import ai.paybond.kit.sandbox.internal.spend.Approvals;
import ai.paybond.kit.sandbox.internal.spend.SpendAdminEndpoints;
import ai.paybond.kit.sandbox.internal.spend.SpendEndpoints;
import ai.paybond.kit.sandbox.internal.spend.SpendPolicies;
import ai.paybond.kit.sandbox.internal.store.ApprovalRow;
import ai.paybond.kit.sandbox.internal.store.ApprovalStore;
import ai.paybond.kit.sandbox.internal.store.Database;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.EvidenceStore;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.LedgerStore;
import ai.paybond.kit.sandbox.internal.store.RequestStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.sandbox.internal.trace.TraceFeed;
import ai.paybond.kit.sandbox.internal.trace.TraceSnapshot;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Everything behind {@link Sandbox}, put together once. */
final class SandboxRuntime implements AutoCloseable {
    private final SecureRandom random = new SecureRandom();
    private final TenantStore tenantStore = new TenantStore();
    private final IntentStore intents = new IntentStore();
    private final EvidenceStore evidence = new EvidenceStore();
    private final SpendStore spend = new SpendStore();
    private final DocumentStore documents = new DocumentStore();
    private final ApprovalStore approvalStore = new ApprovalStore();
    private final SandboxFaults faults = new SandboxFaults();
    private final Provisioning provisioning;
    private final Database database;
    private final SigningKey capabilityRoot;
    private final CapabilityIssuer issuer;
    private final CapabilityVerifier verifier;
    private final Ledger ledger;
    private final SigningKey receiptKey;
    private final ReceiptIssuer receipts;
    private final SpendPolicies policies;
    private final Approvals approvals;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final TraceFeed feed = new TraceFeed();
    private final DeviceLogins logins;
    private final SandboxServer server;
    private List<RouteEntry> routeTable = List.of();
    private final SandboxRecords records;

    SandboxRuntime(Sandbox.Builder options) {
        this.database = open(options);
        this.provisioning = new Provisioning(tenantStore, options.tenantIds, random);
        this.capabilityRoot = database.inTransaction(session -> provisioning.key(session, "capability_root_seed"));
        this.issuer = new CapabilityIssuer(capabilityRoot, Provisioning.CAPABILITY_ROOT_KEY_ID, random);
        this.verifier =
                new CapabilityVerifier(capabilityRoot.publicKey(), Provisioning.CAPABILITY_ROOT_KEY_ID, options.clock);
        this.ledger = new Ledger(new LedgerStore(), tenantStore, options.clock);
        this.receiptKey = database.inTransaction(session -> provisioning.key(session, "receipt_seed"));
        this.receipts = new ReceiptIssuer(documents, spend, ledger, receiptKey, options.clock);
        this.policies = new SpendPolicies(documents, spend, options.clock, options.approvalThresholdCents);
        this.approvals =
                new Approvals(approvalStore, new ApprovalVotes(documents, policies, options.clock), options.clock);
        database.inTransaction(provisioning::tenants);
        this.records = new SandboxRecords(database, intents, evidence, spend, ledger);
        this.logins = new DeviceLogins(
                documents,
                tenantStore,
                (session, tenantId) -> provisioning.addApiKey(session, tenantId, "sandbox", "operator"),
                random,
                options.clock);
        this.server = startOrClose(options);
    }

    private static Database open(Sandbox.Builder options) {
        @Nullable String url = options.storeUrl;
        @Nullable Path directory = options.dataDirectory;
        if (url != null) {
            return Database.at(url);
        }
        return directory == null ? Database.inMemory() : Database.in(directory);
    }

    /** A port that is taken must not leave the store open. */
    private SandboxServer startOrClose(Sandbox.Builder options) {
        try {
            return server(options);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private SandboxServer server(Sandbox.Builder options) {
        RequestStore requests = new RequestStore();
        Clock clock = options.clock;
        SigningKey tokenKey = database.inTransaction(session -> provisioning.key(session, "harbor_token_seed"));
        HarborTokens tokens = new HarborTokens(tokenKey, clock, options.harborTokenTtl);
        Pipeline pipeline = new Pipeline(
                database,
                new Authenticator(tenantStore, tokens),
                new RecognitionGate(options.recognition, tenantStore, requests, clock),
                new IdempotencyGate(requests, clock));
        List<Route> routes = new ArrayList<>(new AccessEndpoints(tokens).routes());
        routes.addAll(intentRoutes(clock));
        routes.addAll(new SpendEndpoints(verifier, requests, intents, spend, policies, approvals, clock).routes());
        routes.addAll(new SpendAdminEndpoints(policies, spend, clock).routes());
        routes.addAll(new ApprovalEndpoints(approvals).routes());
        routes.addAll(protocolRoutes(options, requests));
        routes.addAll(new ReceiptEndpoints(documents, receiptKey, clock).routes());
        routes.addAll(new LedgerEndpoints(ledger).routes());
        routes.addAll(new AgentRunEndpoints(documents, clock).routes());
        routes.addAll(new AuditEndpoints(new AuditExports(documents, ledger, receiptKey, clock)).routes());
        routes.addAll(logins.routes());
        TraceSnapshot.Stores shown = new TraceSnapshot.Stores(tenantStore, intents, spend, documents);
        TracePage page = new TracePage(new TraceSnapshot(database, shown, ledger), feed);
        pipeline.announcing(feed::publish);
        routeTable = List.copyOf(SandboxServer.entries(routes));
        return new SandboxServer(options.port, routes, pipeline, faults::take, clock, page::mount);
    }

    private List<Route> protocolRoutes(Sandbox.Builder options, RequestStore requests) {
        MandateImport.Stores stores = new MandateImport.Stores(tenantStore, requests, intents, documents);
        MandateImport imports = new MandateImport(options.recognition, stores, ledger, receiptKey, options.clock);
        List<Route> routes = new ArrayList<>(new MandateEndpoints(imports, tenantStore, options.clock).routes());
        routes.addAll(new A2aEndpoints().routes());
        routes.addAll(new SignalEndpoints(intents, ledger, receiptKey, options.clock).routes());
        Reviews reviews = new Reviews(documents, options.clock);
        routes.addAll(new FraudEndpoints(intents, reviews, options.clock).routes());
        return routes;
    }

    private List<Route> intentRoutes(Clock clock) {
        PolicyRegistry registry = new PolicyRegistry(documents, clock);
        IntentServices services = new IntentServices(intents, evidence, issuer, ledger, receipts, registry, clock);
        List<Route> routes = new ArrayList<>(new IntentEndpoints(services).routes());
        routes.addAll(new DisputeEndpoints(services, documents, clock).routes());
        routes.addAll(new PolicyEndpoints(registry).routes());
        routes.addAll(new PolicyFileEndpoints(documents, registry, clock).routes());
        routes.addAll(new GuardrailEndpoints(services, tenantStore, clock).routes());
        return routes;
    }

    List<RouteEntry> routes() {
        return routeTable;
    }

    SandboxServer server() {
        return server;
    }

    SandboxFaults faults() {
        return faults;
    }

    SandboxRecords records() {
        return records;
    }

    List<SandboxTenant> tenants() {
        return database.inTransaction(provisioning::tenants);
    }

    VerifyingKey capabilityRootKey() {
        return capabilityRoot.publicKey();
    }

    VerifyingKey receiptKey() {
        return receiptKey.publicKey();
    }

    String mint(CapabilitySpec spec) {
        VerifyingKey holder = spec.holder();
        Grant grant = new Grant(
                spec.tenantId(),
                spec.intentId().toLowerCase(Locale.ROOT),
                spec.payeeDid(),
                Set.copyOf(spec.operations()),
                spec.maxSpendCents(),
                spec.currency(),
                spec.expiresAt().truncatedTo(ChronoUnit.SECONDS),
                UUID.randomUUID().toString(),
                holder == null ? null : "ed25519/" + holder.hex());
        return spec.foreignKey() ? foreignIssuer().mint(grant) : issuer.mint(grant);
    }

    private CapabilityIssuer foreignIssuer() {
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        return new CapabilityIssuer(SigningKey.fromSeed(seed), Provisioning.CAPABILITY_ROOT_KEY_ID, random);
    }

    void revokeCapability(String token) {
        try {
            String jti = verifier.open(token).grant().jti();
            database.inTransaction(session -> {
                spend.revokeCapability(session, jti);
                return jti;
            });
        } catch (CapabilityRefusedException e) {
            throw new IllegalArgumentException("Not a capability of this sandbox: " + e.code(), e);
        }
    }

    String approve(String approvalRequestId) {
        @Nullable String token = decide(approvalRequestId, (session, row) -> approvals.approve(session, row, null))
                .token();
        return Objects.requireNonNull(token);
    }

    void reject(String approvalRequestId) {
        decide(approvalRequestId, (session, row) -> approvals.reject(session, row, null));
    }

    void expireApproval(String approvalRequestId) {
        decide(approvalRequestId, approvals::expire);
    }

    private ApprovalRow decide(String approvalRequestId, BiFunction<Session, ApprovalRow, ApprovalRow> decision) {
        return database.inTransaction(session -> {
            ApprovalRow row = approvalStore
                    .find(session, UUID.fromString(approvalRequestId))
                    .orElseThrow(() -> new IllegalArgumentException("There is no such approval request."));
            return decision.apply(session, row);
        });
    }

    String issueApiKey(SandboxTenant tenant, String role) {
        return database.inTransaction(session -> provisioning.addApiKey(session, tenant.tenantId(), "sandbox", role));
    }

    String issueRestrictedKey(SandboxTenant tenant, String role, Set<String> scopes) {
        String granted = String.join(" ", new TreeSet<>(scopes));
        return database.inTransaction(
                session -> provisioning.addApiKey(session, tenant.tenantId(), "sandbox", role, granted));
    }

    void decideDeviceLogin(String userCode, SandboxTenant tenant, boolean approve) {
        String status = approve ? "approved" : "denied";
        database.inTransaction(session -> logins.decide(userCode, status, tenant.tenantId(), session)
                .orElseThrow(() -> new IllegalArgumentException("No login waits under this code.")));
    }

    void revokeApiKey(String apiKey) {
        database.inTransaction(session -> {
            tenantStore.revokeApiKey(session, apiKey.split("_", -1)[3]);
            return apiKey;
        });
    }

    /** The new key signs from now on; proofs by the old one are refused. */
    SandboxTenant rotateRecognitionKey(SandboxTenant tenant) {
        return database.inTransaction(session -> provisioning.rotateRecognitionKey(session, tenant));
    }

    SandboxTenant rotateApiKey(SandboxTenant tenant) {
        return database.inTransaction(session -> provisioning.rotateApiKey(session, tenant));
    }

    void revokeRecognitionKey(SandboxTenant tenant) {
        database.inTransaction(session -> {
            tenantStore.revokeRecognitionKey(session, tenant.tenantId(), tenant.recognitionKeyId());
            return tenant;
        });
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            feed.close();
            server.close();
            database.close();
        }
    }
}
