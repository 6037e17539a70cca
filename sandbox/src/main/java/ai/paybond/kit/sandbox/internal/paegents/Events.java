package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events, webhook subscriptions and deliveries. */
final class Events {
    private final World world;
    private final WebhookSender sender;
    private final Map<String, List<JsonObject>> events = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

    /** A subscription; {@code secret} changes when it is rotated. */
    private static final class Subscription {
        final String id;
        final String agent;
        final URI url;
        final List<String> types;
        String secret;
        String status = "active";

        Subscription(String id, String agent, URI url, List<String> types, String secret) {
            this.id = id;
            this.agent = agent;
            this.url = url;
            this.types = types;
            this.secret = secret;
        }

        boolean wants(String type) {
            boolean matches = types.isEmpty()
                    || types.stream()
                            .anyMatch(wanted -> wanted.equals(type)
                                    || (wanted.endsWith("*")
                                            && type.startsWith(wanted.substring(0, wanted.length() - 1))));
            return status.equals("active") && matches;
        }

        JsonObject json() {
            return JsonObject.builder()
                    .put("id", id)
                    .put("url", url.toString())
                    .put("event_types", JsonArray.of(types))
                    .put("status", status)
                    .build();
        }
    }

    Events(World world, WebhookSender sender) {
        this.world = world;
        this.sender = sender;
    }

    void mount(RouteTable routes) {
        routes.either("POST", "/agents/{agent}/webhooks", this::create);
        routes.either("GET", "/agents/{agent}/webhooks", this::list);
        routes.either("DELETE", "/agents/{agent}/webhooks/{id}", this::delete);
        routes.either("POST", "/agents/{agent}/webhooks/{id}/rotate", this::rotate);
        routes.either("POST", "/agents/{agent}/webhooks/{id}/pause", call -> switchTo(call, "paused"));
        routes.either("POST", "/agents/{agent}/webhooks/{id}/resume", call -> switchTo(call, "active"));
        routes.either("POST", "/agents/{agent}/webhooks/test", this::test);
        routes.either("GET", "/agents/{agent}/webhooks/deliveries", this::deliveries);
        routes.either("POST", "/agents/{agent}/webhooks/deliveries/{id}/replay", this::replay);
        routes.agent("GET", "/agents/{agent}/events", this::eventsOf);
        routes.agent("POST", "/agents/{agent}/events/{id}/ack", this::acknowledge);
    }

    /** Keeps an event, and sends it to everyone who subscribed to it. */
    void emit(String agent, String type, JsonObject payload) {
        JsonObject event = JsonObject.builder()
                .put("event_id", world.newId("evt_"))
                .put("type", type)
                .put("payload", payload)
                .put("status", "pending")
                .put("attempt_count", 0)
                .put("created_at", world.now().toString())
                .build();
        events.computeIfAbsent(agent, unused -> new ArrayList<>()).add(event);
        subscriptions.values().stream()
                .filter(subscription -> subscription.agent.equals(agent) && subscription.wants(type))
                .forEach(subscription -> send(subscription, event));
    }

    private void send(Subscription subscription, JsonObject event) {
        sender.send(new WebhookSender.Order(
                world.newId("dlv_"), subscription.agent, subscription.url, subscription.secret, event));
    }

    private JsonValue create(Call call) {
        String secret = call.optionalText("secret").orElseGet(() -> "whsec_" + world.hex(16));
        List<String> types =
                call.body().array("event_types").flatMap(JsonArray::strings).orElse(List.of());
        Subscription made =
                new Subscription(world.newId("wh_"), call.ownAgent(), URI.create(call.text("url")), types, secret);
        subscriptions.put(made.id, made);
        return made.json().with("secret", secret);
    }

    private JsonValue list(Call call) {
        String agent = call.ownAgent();
        return wrapped(
                "webhooks",
                subscriptions.values().stream()
                        .filter(subscription -> subscription.agent.equals(agent))
                        .map(Subscription::json)
                        .toList());
    }

    private JsonValue delete(Call call) {
        subscriptions.remove(own(call).id);
        return JsonObject.builder().put("deleted", true).build();
    }

    private JsonValue rotate(Call call) {
        Subscription subscription = own(call);
        subscription.secret = "whsec_" + world.hex(16);
        return subscription.json().with("secret", subscription.secret);
    }

    private JsonValue switchTo(Call call, String status) {
        Subscription subscription = own(call);
        subscription.status = status;
        return subscription.json();
    }

    private Subscription own(Call call) {
        Subscription subscription = subscriptions.get(call.id());
        if (subscription == null || !subscription.agent.equals(call.ownAgent())) {
            throw Refusal.notFound();
        }
        return subscription;
    }

    private JsonValue test(Call call) {
        emit(
                call.ownAgent(),
                "webhook.test",
                JsonObject.builder().put("test", true).build());
        return JsonObject.builder().put("sent", true).build();
    }

    private JsonValue deliveries(Call call) {
        String status = call.query().getOrDefault("status", "");
        List<JsonObject> found = sender.deliveriesOf(call.ownAgent()).stream()
                .filter(delivery ->
                        status.isEmpty() || delivery.string("status").orElse("").equals(status))
                .limit(call.limit())
                .toList();
        return wrapped("deliveries", found);
    }

    private JsonValue replay(Call call) {
        Refusal.unless(sender.replay(call.ownAgent(), call.id()), 404, "not_found", "There is no such delivery.");
        return JsonObject.builder().put("replayed", true).build();
    }

    private JsonValue eventsOf(Call call) {
        List<JsonObject> all = events.getOrDefault(call.ownAgent(), List.of());
        List<String> types = List.of(call.query().getOrDefault("types", "").split(","));
        String after = call.query().getOrDefault("after", "");
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            from = all.get(i).string("event_id").orElse("").equals(after) ? i + 1 : from;
        }
        return JsonArray.of(all.subList(from, all.size()).stream()
                .filter(event -> types.equals(List.of(""))
                        || types.contains(event.string("type").orElse("")))
                .limit(call.limit())
                .toList());
    }

    private JsonValue acknowledge(Call call) {
        List<JsonObject> own = events.getOrDefault(call.ownAgent(), List.of());
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i).string("event_id").orElse("").equals(call.id())) {
                own.set(i, own.get(i).with("status", "acknowledged"));
                return own.get(i);
            }
        }
        throw Refusal.notFound();
    }

    static JsonObject wrapped(String name, List<JsonObject> items) {
        return JsonObject.builder()
                .put(name, JsonArray.of(items))
                .put("count", items.size())
                .build();
    }
}
