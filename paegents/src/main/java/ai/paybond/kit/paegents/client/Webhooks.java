package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.webhook.WebhookSecret;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Webhook subscriptions. Takes the owner's word if there is one, otherwise the agent's. Thread-safe. */
public final class Webhooks {
    private final Backend backend;

    Webhooks(Backend backend) {
        this.backend = backend;
    }

    /** A subscription; its secret is not in it. */
    public record Subscription(String id, JsonObject raw) {
        static Subscription of(JsonObject raw) {
            return new Subscription(Members.required(raw, "id"), raw.without("secret"));
        }

        /** Such as {@code active} or {@code paused}. */
        public String status() {
            return raw.string("status").orElse("unknown");
        }
    }

    /**
     * A new subscription or a new secret of one.
     *
     * @param secret told this once; empty if the caller chose it or Paegents kept it back
     */
    public record Issued(Subscription subscription, Optional<WebhookSecret> secret) {
        static Issued of(JsonObject raw) {
            return new Issued(Subscription.of(raw), raw.string("secret").map(WebhookSecret::of));
        }

        public String id() {
            return subscription.id();
        }
    }

    /** One attempt to deliver an event. */
    public record Delivery(String id, JsonObject raw) {
        static Delivery of(JsonObject raw) {
            return new Delivery(Members.required(raw, "id"), raw);
        }

        /** Such as {@code delivered} or {@code failed}. */
        public String status() {
            return raw.string("status").orElse("unknown");
        }

        public Optional<String> type() {
            return raw.string("type");
        }
    }

    /**
     * SDK: {@code create_webhook}.
     *
     * @param eventTypes such as {@code payment.*}; none for every type
     */
    public Issued create(URI url, List<String> eventTypes) {
        return create(url, eventTypes, null);
    }

    /** As {@link #create(URI, List)}, with a secret of one's own. */
    public Issued create(URI url, List<String> eventTypes, @Nullable String secret) {
        JsonObject body = JsonObject.builder()
                .put("url", url.toString())
                .putIfPresent("secret", secret)
                .putIfPresent("event_types", eventTypes.isEmpty() ? null : JsonArray.of(eventTypes))
                .build();
        return Issued.of(hooks("").json(body).asOwnerOrAgent().object());
    }

    /** SDK: {@code list_webhooks}. */
    public List<Subscription> list() {
        JsonObject reply = backend.get("agents", backend.agentId(), "webhooks")
                .asOwnerOrAgent()
                .object();
        return Members.objects(reply, "webhooks", Subscription::of);
    }

    public void delete(String subscriptionId) {
        backend.delete("agents", backend.agentId(), "webhooks", subscriptionId)
                .asOwnerOrAgent()
                .anything();
    }

    /** SDK: {@code rotate_webhook_secret}; verify with both secrets for a while. */
    public Issued rotateSecret(String subscriptionId) {
        return Issued.of(on(subscriptionId, "rotate").object());
    }

    /** SDK: {@code pause_webhook}. */
    public void pause(String subscriptionId) {
        on(subscriptionId, "pause").anything();
    }

    /** SDK: {@code resume_webhook}. */
    public void resume(String subscriptionId) {
        on(subscriptionId, "resume").anything();
    }

    /** SDK: {@code send_test_webhook}. */
    public void sendTest() {
        hooks("test").asOwnerOrAgent().anything();
    }

    /**
     * SDK: {@code list_webhook_deliveries}.
     *
     * @param status such as {@code failed}, or null for all
     */
    public List<Delivery> deliveries(@Nullable String status, int limit) {
        JsonObject reply = backend.get("agents", backend.agentId(), "webhooks", "deliveries")
                .asOwnerOrAgent()
                .query("status", status)
                .query("limit", limit)
                .object();
        return Members.objects(reply, "deliveries", Delivery::of);
    }

    /** SDK: {@code replay_webhook_delivery}. */
    public void replay(String deliveryId) {
        backend.post("agents", backend.agentId(), "webhooks", "deliveries", deliveryId, "replay")
                .asOwnerOrAgent()
                .anything();
    }

    private ApiCall hooks(String action) {
        return action.isEmpty()
                ? backend.post("agents", backend.agentId(), "webhooks")
                : backend.post("agents", backend.agentId(), "webhooks", action);
    }

    private ApiCall on(String subscriptionId, String action) {
        return backend.post("agents", backend.agentId(), "webhooks", subscriptionId, action)
                .asOwnerOrAgent();
    }
}
