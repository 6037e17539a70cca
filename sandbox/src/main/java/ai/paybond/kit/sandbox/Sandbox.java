package ai.paybond.kit.sandbox;

import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.sandbox.SandboxRecords.Intent;
import ai.paybond.kit.sandbox.SandboxRecords.Verification;
import ai.paybond.kit.sandbox.assertion.Arrivals;
import ai.paybond.kit.sandbox.assertion.DecisionAssertion;
import ai.paybond.kit.sandbox.assertion.EvidenceAssertion;
import ai.paybond.kit.sandbox.assertion.IntentAssertion;
import ai.paybond.kit.sandbox.assertion.VerificationAssertion;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Gateway and a Harbor on {@code 127.0.0.1}, mounted at {@code /} and {@code /harbor}, that enforce what the real ones
 * are documented to enforce. Two tenants are made at first start and kept with everything else, so a sandbox with a data
 * directory carries on where it was closed.
 *
 * <p>Thread-safe. {@link #close} stops the server and closes the store; an in-memory sandbox is then gone.
 */
public final class Sandbox implements AutoCloseable {
    private final SandboxRuntime runtime;

    private Sandbox(Builder builder) {
        this.runtime = new SandboxRuntime(builder);
    }

    /** Starts a sandbox in memory, on a free port, with the system clock. */
    public static Sandbox start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The base of every route, without a trailing slash. */
    public URI baseUrl() {
        return runtime.server().baseUrl();
    }

    /** The tenants, always in the same order. */
    public List<SandboxTenant> tenants() {
        return runtime.tenants();
    }

    /** The first tenant. */
    public SandboxTenant tenant() {
        return tenants().get(0);
    }

    /** The key that capabilities are signed with. */
    public VerifyingKey capabilityRootKey() {
        return runtime.capabilityRootKey();
    }

    /** The id of {@link #capabilityRootKey} as tokens carry it. */
    public int capabilityRootKeyId() {
        return Provisioning.CAPABILITY_ROOT_KEY_ID;
    }

    /** The key that receipts and the heads of their logs are signed with. */
    public VerifyingKey receiptKey() {
        return runtime.receiptKey();
    }

    /** Every route that is served, as the router has it: under each of its mounts, rails' own servers left out. */
    public List<RouteEntry> routes() {
        return runtime.routes();
    }

    /** Where faults are armed. */
    public SandboxFaults faults() {
        return runtime.faults();
    }

    /** What the sandbox has seen and kept. */
    public SandboxRecords records() {
        return runtime.records();
    }

    /** The evidence that was accepted for an intent. */
    public Arrivals<Evidence, EvidenceAssertion> evidence(String intentId) {
        return Arrivals.of("evidence of " + intentId, records().evidence(intentId), EvidenceAssertion::new);
    }

    /** The questions to {@code /verify} about an intent that were answered. */
    public Arrivals<Verification, VerificationAssertion> verifications(String intentId) {
        return Arrivals.of(
                "verifications of " + intentId,
                records().verifications().stream()
                        .filter(row -> row.intentId().equalsIgnoreCase(intentId))
                        .toList(),
                VerificationAssertion::new);
    }

    /** The spends that were held for an intent. */
    public Arrivals<Decision, DecisionAssertion> decisions(String intentId) {
        return Arrivals.of(
                "decisions of " + intentId,
                records().decisions().stream()
                        .filter(row -> row.intentId().equalsIgnoreCase(intentId))
                        .toList(),
                DecisionAssertion::new);
    }

    /** The intents of this id; two tenants may each have one. */
    public Arrivals<Intent, IntentAssertion> intents(String intentId) {
        return Arrivals.of(
                "intents " + intentId,
                records().intents().stream()
                        .filter(row -> row.intentId().equalsIgnoreCase(intentId))
                        .toList(),
                IntentAssertion::new);
    }

    /**
     * What another process needs to use this sandbox: {@code base_url}, {@code tenants} with their keys and seeds, and
     * {@code capability_root_key_hex} with {@code capability_root_key_id}. Contains secrets of this sandbox.
     */
    public JsonObject descriptor() {
        return Descriptor.of(this);
    }

    /** Mints a capability that need not belong to any intent; standard base64 with padding. */
    public String mintCapability(CapabilitySpec spec) {
        return runtime.mint(spec);
    }

    /** Revokes a capability that this sandbox issued, and with it everything attenuated from it. */
    public void revokeCapability(String token) {
        runtime.revokeCapability(token);
    }

    /**
     * Approves the spend that a {@code /verify} answered {@code approval_required} for; returns its approval token, for
     * one use by the same intent, operation, amount, tool call and arguments.
     *
     * @throws IllegalArgumentException when nothing waits under that id
     */
    public String approve(String approvalRequestId) {
        return runtime.approve(approvalRequestId);
    }

    /** Rejects it; the same spend is then denied as {@code approval_rejected}. @throws IllegalArgumentException when nothing waits under that id */
    public void reject(String approvalRequestId) {
        runtime.reject(approvalRequestId);
    }

    /** Ends the wait, or takes an unused approval back. @throws IllegalArgumentException when there is neither */
    public void expireApproval(String approvalRequestId) {
        runtime.expireApproval(approvalRequestId);
    }

    /** Makes a further sandbox API key for the tenant, with a role such as {@code operator} or {@code agent}. */
    public String issueApiKey(SandboxTenant tenant, String role) {
        return runtime.issueApiKey(tenant, role);
    }

    /**
     * Makes a restricted key, which reaches only the routes whose scope it was given, such as {@code mcp.receipts:read}.
     */
    public String issueRestrictedKey(SandboxTenant tenant, String role, Set<String> scopes) {
        return runtime.issueRestrictedKey(tenant, role, scopes);
    }

    /**
     * Lets the device that shows this code in to the tenant, or turns it away.
     *
     * @throws IllegalArgumentException when no login waits under that code
     */
    public void decideDeviceLogin(String userCode, SandboxTenant tenant, boolean approve) {
        runtime.decideDeviceLogin(userCode, tenant, approve);
    }

    /** Revokes the tenant's {@link SandboxTenant#apiKey} and every access token exchanged for it. */
    public void revokeApiKey(SandboxTenant tenant) {
        runtime.revokeApiKey(tenant.apiKey());
    }

    /** Replaces the tenant's API key, as an operator does every so often; the old one is refused from now on. */
    public SandboxTenant rotateApiKey(SandboxTenant tenant) {
        return runtime.rotateApiKey(tenant);
    }

    /** Replaces the tenant's recognition key; proofs by the old one are refused from now on. */
    public SandboxTenant rotateRecognitionKey(SandboxTenant tenant) {
        return runtime.rotateRecognitionKey(tenant);
    }

    /** Revokes the tenant's {@link SandboxTenant#recognitionKey}. */
    public void revokeRecognitionKey(SandboxTenant tenant) {
        runtime.revokeRecognitionKey(tenant);
    }

    /** Stops listening and closes the store. Closing twice does nothing. */
    @Override
    public void close() {
        runtime.close();
    }

    /** Options of a sandbox. Not thread-safe. */
    public static final class Builder {
        int port;

        @Nullable Path dataDirectory;

        @Nullable String storeUrl;

        List<String> tenantIds = List.of("tenant-acme-sbx", "tenant-birch-sbx");
        Clock clock = Clock.systemUTC();
        Duration harborTokenTtl = Duration.ofSeconds(900);
        RecognitionMode recognition = RecognitionMode.STRICT;
        long approvalThresholdCents = Long.MAX_VALUE;

        private Builder() {}

        /** The port to listen on; default 0, a free one. */
        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        /** Keeps everything in this directory, readable by its owner alone; default is memory. */
        public Builder dataDirectory(Path directory) {
            dataDirectory = directory;
            return this;
        }

        /**
         * Keeps everything in this PostgreSQL database, for example {@code jdbc:postgresql://127.0.0.1/sandbox?user=…};
         * default is memory. The driver must be on the class path, and one sandbox at a time may use the database.
         */
        public Builder storeUrl(String jdbcUrl) {
            storeUrl = jdbcUrl;
            return this;
        }

        /**
         * The tenants of a new store, the first of which is {@link Sandbox#tenant()}; default {@code tenant-acme-sbx} and
         * {@code tenant-birch-sbx}. A store that exists keeps its own.
         *
         * @throws IllegalArgumentException for none, for one twice, and for a name of other characters than {@code a-z}, {@code
         *     0-9} and hyphens
         */
        public Builder tenants(String... ids) {
            List<String> wanted = List.of(ids);
            if (wanted.isEmpty()
                    || Set.copyOf(wanted).size() < wanted.size()
                    || !wanted.stream().allMatch(id -> id.matches("[a-z0-9][a-z0-9-]{0,63}"))) {
                throw new IllegalArgumentException("tenants are named once each, in a-z, 0-9 and hyphens");
            }
            tenantIds = wanted;
            return this;
        }

        /** The time by which everything expires; default the system clock. */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /** How long a Harbor access token is good for; default 900 s. */
        public Builder harborTokenTtl(Duration ttl) {
            harborTokenTtl = ttl;
            return this;
        }

        /** What is done about recognition proofs; default {@link RecognitionMode#STRICT}. */
        public Builder recognition(RecognitionMode mode) {
            recognition = mode;
            return this;
        }

        /** Spends of more than this many cents wait for {@link Sandbox#approve}; default none does. */
        public Builder approvalThresholdCents(long cents) {
            approvalThresholdCents = cents;
            return this;
        }

        /**
         * Starts listening.
         *
         * @throws RuntimeException when the port is taken or the store cannot be opened
         */
        public Sandbox start() {
            return new Sandbox(this);
        }
    }
}
