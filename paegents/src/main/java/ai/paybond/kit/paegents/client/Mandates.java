package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.client.Submission.ApprovalRequired;
import ai.paybond.kit.paegents.client.Submission.Completed;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** AP2 as Paegents offers it: an intent says what may be spent, a cart what is bought, and a payment pays a cart. Thread-safe. */
public final class Mandates {
    private final Backend backend;

    Mandates(Backend backend) {
        this.backend = backend;
    }

    /**
     * What an agent may spend.
     *
     * @param policy such as {@code {"max_amount":{"value":5000},"currency":"usd"}}, in cents
     */
    public record IntentRequest(
            JsonObject policy,
            @Nullable JsonObject constraints,
            @Nullable Instant expiresAt,
            @Nullable JsonObject metadata) {

        /** At most this many cents; no constraints, no metadata, Paegents' own expiry. */
        public static IntentRequest upTo(long maxCents, String currency) {
            JsonObject max = JsonObject.builder().put("value", maxCents).build();
            JsonObject policy = JsonObject.builder()
                    .put("max_amount", max)
                    .put("currency", currency)
                    .build();
            return new IntentRequest(policy, null, null, null);
        }

        /** The same with metadata, such as a purpose. */
        public IntentRequest withMetadata(JsonObject newMetadata) {
            return new IntentRequest(policy, constraints, expiresAt, newMetadata);
        }

        /** The same until then. */
        public IntentRequest until(Instant newExpiry) {
            return new IntentRequest(policy, constraints, newExpiry, metadata);
        }
    }

    /** An intent mandate. */
    public record IntentMandate(String id, String status, JsonObject raw) {}

    /** A cart mandate. */
    public record CartMandate(String id, String status, JsonObject raw) {}

    /**
     * A payment that was made or is under way.
     *
     * @param status such as {@code processing} or {@code succeeded}
     */
    public record Payment(String status, JsonObject raw) {
        public Optional<String> rail() {
            return raw.string("rail");
        }

        public Optional<String> processorRef() {
            return raw.string("processor_ref");
        }

        /** The transaction on the chain, for the rail {@code stablecoin}. */
        public Optional<String> onchainTransaction() {
            return raw.string("onchain_txid");
        }
    }

    /** SDK: {@code create_ap2_intent_mandate}. */
    public IntentMandate createIntent(IntentRequest request) {
        JsonObject body = JsonObject.builder()
                .put("agent_id", backend.agentId())
                .put("policy", request.policy())
                .putIfPresent("constraints", request.constraints())
                .putIfPresent("metadata", request.metadata())
                .putIfPresent(
                        "expires_at",
                        request.expiresAt() == null ? null : request.expiresAt().toString())
                .build();
        JsonObject mandate = Members.requiredObject(
                backend.post("ap2", "mandates", "intent").json(body).object(), "intent_mandate");
        return new IntentMandate(Members.required(mandate, "id"), status(mandate, "unknown"), mandate);
    }

    /**
     * SDK: {@code create_ap2_cart_mandate}.
     *
     * @param totalCents what the cart costs, in cents
     */
    public CartMandate createCart(String intentMandateId, long totalCents, String currency) {
        JsonObject cart = JsonObject.builder()
                .put("total", totalCents)
                .put("currency", currency)
                .build();
        return createCart(intentMandateId, cart, null);
    }

    /** As {@link #createCart(String, long, String)}, with a cart {@code {total, currency, description?}} of one's own. */
    public CartMandate createCart(String intentMandateId, JsonObject cart, @Nullable JsonObject metadata) {
        JsonObject body = JsonObject.builder()
                .put("intent_mandate_id", intentMandateId)
                .put("cart", cart)
                .putIfPresent("metadata", metadata)
                .build();
        JsonObject mandate = Members.requiredObject(
                backend.post("ap2", "mandates", "cart").json(body).object(), "cart_mandate");
        return new CartMandate(Members.required(mandate, "id"), status(mandate, "unknown"), mandate);
    }

    /** SDK: {@code ap2_pay}, under an idempotency key drawn for this call. */
    public Submission<Payment> pay(String intentMandateId, String cartMandateId, PaymentMethod method) {
        return pay(intentMandateId, cartMandateId, method, null);
    }

    /**
     * SDK: {@code ap2_pay}.
     *
     * @param idempotencyKey a key that outlives this process, so that paying can be repeated safely after a crash
     * @throws PolicyDeniedException if the owner's policy forbids it
     */
    public Submission<Payment> pay(
            String intentMandateId, String cartMandateId, PaymentMethod method, @Nullable String idempotencyKey) {
        JsonObject body = JsonObject.builder()
                .put("intent_mandate_id", intentMandateId)
                .put("cart_mandate_id", cartMandateId)
                .put("payment_method", method.toJson())
                .build();
        JsonObject reply =
                backend.post("ap2", "pay").json(body).key(idempotencyKey).object();
        return submission(reply, raw -> new Payment(status(raw, "processing"), raw));
    }

    /** SDK: {@code get_ap2_signing_digest}. */
    public String signingDigest(String intentMandateId, String cartMandateId, EvmAddress destination) {
        JsonObject body = JsonObject.builder()
                .put("intent_mandate_id", intentMandateId)
                .put("cart_mandate_id", cartMandateId)
                .put("destination_wallet", destination.checksummed())
                .build();
        return Members.required(backend.post("ap2", "signing-digest").json(body).object(), "digest");
    }

    /** A reply that may say that the owner has to approve first. */
    static <T> Submission<T> submission(JsonObject reply, Function<JsonObject, T> result) {
        if (!reply.bool("approval_required").orElse(false)) {
            return new Completed<>(result.apply(reply));
        }
        JsonObject policy =
                reply.object("policy").orElseGet(() -> JsonObject.builder().build());
        return new ApprovalRequired<>(
                Members.required(reply, "request_id"),
                policy.string("reason").orElse(null),
                policy.string("rule").orElse(null),
                reply);
    }

    private static String status(JsonObject object, String absent) {
        return object.string("status").orElse(absent);
    }
}
