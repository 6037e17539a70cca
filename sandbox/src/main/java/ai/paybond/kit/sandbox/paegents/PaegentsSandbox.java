package ai.paybond.kit.sandbox.paegents;

import ai.paybond.kit.sandbox.internal.http.RawServer;
import ai.paybond.kit.sandbox.internal.paegents.PaegentsService;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Paegents on {@code 127.0.0.1} that enforces what the real one is documented to enforce: credentials, the agreements'
 * lifecycle, signatures of activations, permits and payments, policies and approvals, idempotency. Webhooks are really sent.
 * Kept in memory; gone when closed. Thread-safe.
 *
 * <p>Two agents are there from the start, {@code agent-123} and {@code seller-agent-123}. Where Paegents' behaviour is not
 * documented, the module's README says what was decided for the sandbox.
 */
public final class PaegentsSandbox implements AutoCloseable {
    private final SimulatedChain chain = new SimulatedChain();
    private final JsonObject profile;
    private final PaegentsService service;
    private final RawServer server;
    private final PaegentsAgent buyer;
    private final PaegentsAgent seller;

    private PaegentsSandbox(Builder options) {
        this.profile = options.profile == null ? inventedProfile() : options.profile;
        this.service = new PaegentsService(options.clock, chain, profile);
        this.buyer = service.register("agent-123");
        this.seller = service.register("seller-agent-123");
        this.server = new RawServer(options.port, service::handle);
    }

    /** Starts a sandbox on a free port, with the system clock. */
    public static PaegentsSandbox start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The base of every route, without a trailing slash. */
    public URI baseUrl() {
        return server.baseUrl();
    }

    /** The agent {@code agent-123}. */
    public PaegentsAgent buyer() {
        return buyer;
    }

    /** The agent {@code seller-agent-123}. */
    public PaegentsAgent seller() {
        return seller;
    }

    /** Makes a further agent. */
    public PaegentsAgent register(String agentId) {
        return service.register(agentId);
    }

    /** The chain that escrows live on. */
    public SimulatedChain chain() {
        return chain;
    }

    /**
     * How this sandbox's escrow lays out what it has signed: {@code domain_name, domain_version, messages}. Paegents does not
     * publish its own, so this one is invented.
     */
    public JsonObject profile() {
        return profile;
    }

    /** How many units of an agreement count as used. */
    public long unitsUsed(String agreementId) {
        return service.unitsUsed(agreementId);
    }

    /**
     * Lets the next request of this kind go wrong, once.
     *
     * @param methodAndPathEnd such as {@code POST /record-usage}
     */
    public void failNext(String methodAndPathEnd, PaegentsFault fault) {
        service.failNext(methodAndPathEnd, fault);
    }

    /** Alters every reply of success to requests of this kind, as a server gone over to the enemy would. */
    public void alterReplies(String methodAndPathEnd, UnaryOperator<JsonObject> lie) {
        service.alter(methodAndPathEnd, lie);
    }

    /** Is told of each request before it is judged, on the request's own thread. */
    public void watch(Consumer<PaegentsRequest> watcher) {
        service.watch(watcher);
    }

    /** Every request so far, in order. */
    public List<PaegentsRequest> requests() {
        return service.requests();
    }

    /** Waits until every webhook so far was tried. */
    public void awaitWebhooks() {
        service.awaitWebhooks();
    }

    @Override
    public void close() {
        server.close();
        service.close();
    }

    private static JsonObject inventedProfile() {
        List<JsonObject> settlement = List.of(
                field("agreement_key", "bytes32"),
                field("signer", "address"),
                field("nonce", "uint256"),
                field("deadline", "uint256"));
        List<JsonObject> activation = List.of(
                field("agreement_key", "bytes32"),
                field("platform_agreement_id_hash", "bytes32"),
                field("buyer", "address"),
                field("seller", "address"),
                field("token", "address"),
                field("quantity", "uint256"),
                field("price_per_unit", "uint256"),
                field("deposit_amount", "uint256"),
                field("challenge_window_seconds", "uint256"),
                field("service_hash", "bytes32"),
                field("terms_hash", "bytes32"),
                field("expiry", "uint256"),
                field("nonce", "uint256"),
                field("salt", "bytes32"));
        JsonObject messages = JsonObject.builder()
                .put("BUYER_ACTIVATION", message("SandboxActivation", activation))
                .put("INITIATE_CLOSE", message("SandboxInitiateClose", settlement))
                .put("SELLER_CLAIM", message("SandboxSellerClaim", settlement))
                .put("BUYER_WITHDRAW", message("SandboxBuyerWithdraw", settlement))
                .build();
        return JsonObject.builder()
                .put("domain_name", "Sandbox Escrow")
                .put("domain_version", "1")
                .put("messages", messages)
                .build();
    }

    private static JsonObject field(String key, String type) {
        return JsonObject.builder()
                .put("key", key)
                .put("member", key)
                .put("type", type)
                .build();
    }

    private static JsonObject message(String primaryType, List<JsonObject> fields) {
        return JsonObject.builder()
                .put("primary_type", primaryType)
                .put("fields", JsonArray.of(fields))
                .build();
    }

    /** Options of a sandbox. Not thread-safe. */
    public static final class Builder {
        private int port;
        private Clock clock = Clock.systemUTC();
        private @Nullable JsonObject profile;

        private Builder() {}

        /** The port to listen on; default 0, a free one. */
        public Builder port(int newPort) {
            this.port = newPort;
            return this;
        }

        /** The time by which everything expires and confirms; default the system clock. */
        public Builder clock(Clock newClock) {
            this.clock = newClock;
            return this;
        }

        /** The escrow's layout, in the form of {@link PaegentsSandbox#profile()}; default one of its own invention. */
        public Builder profile(JsonObject newProfile) {
            this.profile = newProfile;
            return this;
        }

        public PaegentsSandbox start() {
            return new PaegentsSandbox(this);
        }
    }
}
