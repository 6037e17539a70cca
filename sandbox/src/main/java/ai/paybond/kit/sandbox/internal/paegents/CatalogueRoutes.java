package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The catalogue, receipts, payment requirements and invitations. */
final class CatalogueRoutes {
    private final World world;
    private final Map<String, JsonObject> invites = new LinkedHashMap<>();

    CatalogueRoutes(World world) {
        this.world = world;
    }

    void mount(RouteTable routes) {
        routes.agent("POST", "/agents/services", this::register);
        routes.agent("GET", "/agents/services", this::mine);
        routes.agent("GET", "/agents/services/{id}", call -> service(call.id()).without("api_key"));
        routes.agent("PUT", "/agents/services/{id}", this::update);
        routes.agent("DELETE", "/agents/services/{id}", this::delete);
        routes.add("POST", "/catalog/search", RouteTable.Access.OPEN, this::search);
        routes.agent("GET", "/receipts/verify/{id}", this::verify);
        routes.agent("GET", "/receipts", this::receipts);
        routes.agent("GET", "/payment-requirements", this::requirements);
        routes.either("POST", "/invites", this::invite);
        routes.either("GET", "/invites", call -> Events.wrapped("invites", List.copyOf(invites.values())));
        routes.add("GET", "/invites/{id}", RouteTable.Access.OPEN, this::invitation);
        routes.owner("POST", "/invites/{id}/accept", this::acceptInvite);
        routes.add("GET", "/health", RouteTable.Access.OPEN, call -> JsonObject.builder()
                .put("status", "ok")
                .build());
    }

    private JsonValue register(Call call) {
        call.text("service_name");
        String id = world.newId("svc_");
        JsonObject service = call.body()
                .with("service_id", id)
                .with("agent_id", call.agentId())
                .with("is_active", true)
                .with("created_at", world.now().toString())
                .with("updated_at", world.now().toString());
        world.services.put(id, service);
        return service.without("api_key");
    }

    private JsonObject service(String id) {
        return Optional.ofNullable(world.services.get(id)).orElseThrow(Refusal::notFound);
    }

    private JsonObject own(Call call) {
        JsonObject service = service(call.id());
        boolean own = service.string("agent_id").orElse("").equals(call.agentId());
        Refusal.unless(own, 403, "forbidden", "The service is another agent's.");
        return service;
    }

    private JsonValue mine(Call call) {
        return Events.wrapped(
                "services",
                world.services.values().stream()
                        .filter(service -> service.string("agent_id").orElse("").equals(call.agentId()))
                        .skip(Long.parseLong(call.query().getOrDefault("offset", "0")))
                        .limit(call.limit())
                        .map(service -> service.without("api_key"))
                        .toList());
    }

    private JsonValue update(Call call) {
        JsonObject changed = JsonObject.builder()
                .putAll(own(call))
                .putAll(call.body().without("service_id").without("agent_id"))
                .put("updated_at", world.now().toString())
                .build();
        world.services.put(call.id(), changed);
        return changed.without("api_key");
    }

    private JsonValue delete(Call call) {
        world.services.put(call.id(), own(call).with("is_active", false));
        return JsonObject.builder().put("deleted", true).build();
    }

    private JsonValue search(Call call) {
        List<JsonObject> found = world.services.values().stream()
                .filter(service -> service.bool("is_active").orElse(false))
                .filter(service -> fits(service, call.body()))
                .map(service -> service.without("api_key"))
                .toList();
        long offset = call.body().integer("offset").orElse(0L);
        long limit = call.body().integer("limit").orElse(50L);
        boolean more = found.size() > offset + limit;
        return JsonObject.builder()
                .put("total", found.size())
                .put(
                        "results",
                        JsonArray.of(found.stream().skip(offset).limit(limit).toList()))
                .put("query", call.body())
                .put("has_more", more)
                .putIfPresent("next_offset", more ? offset + limit : null)
                .build();
    }

    private static boolean fits(JsonObject service, JsonObject search) {
        String text = (service.string("service_name").orElse("") + " "
                        + service.string("description").orElse(""))
                .toLowerCase(Locale.ROOT);
        long price = service.integer("base_price_cents").orElse(0L);
        return text.contains(search.string("query").orElse("").toLowerCase(Locale.ROOT))
                && search.string("category")
                        .map(service.string("category").orElse("")::equals)
                        .orElse(true)
                && price >= search.integer("min_price").orElse(0L)
                && price <= search.integer("max_price").orElse(Long.MAX_VALUE);
    }

    private JsonValue verify(Call call) {
        JsonObject receipt = world.receipts.get(call.id());
        return JsonObject.builder()
                .put("valid", receipt != null)
                .putIfPresent("receipt", receipt)
                .build();
    }

    private JsonValue receipts(Call call) {
        Refusal.unless(
                call.query().getOrDefault("agent_id", call.agentId()).equals(call.agentId()),
                403,
                "forbidden",
                "The receipts are another agent's.");
        return Events.wrapped(
                "receipts",
                world.receipts.values().stream()
                        .filter(receipt -> receipt.string("agent_id").orElse("").equals(call.agentId()))
                        .limit(call.limit())
                        .toList());
    }

    private JsonValue requirements(Call call) {
        String text = call.query().getOrDefault("amount_cents", "");
        Refusal.unless(text.matches("[0-9]{1,12}"), 422, "validation_error", "amount_cents must be a whole number");
        long cents = Long.parseLong(text);
        long feeCents = Activations.fee(cents).longValueExact() / 10_000 + 1;
        return JsonObject.builder()
                .put("rail", call.query().getOrDefault("rail", "stablecoin"))
                .put("amount_cents", cents)
                .put("infra_fee_amount_atomic", Activations.fee(cents).toString())
                .put("total_required_cents", cents + feeCents)
                .put("gas_wallet_address", SimulatedChain.GAS_WALLET)
                .put("chain_id", SimulatedChain.CHAIN_ID)
                .build();
    }

    private JsonValue invite(Call call) {
        String token = world.hex(16);
        JsonObject made = JsonObject.builder()
                .put("token", token)
                .put("email", call.text("email"))
                .put("status", "pending")
                .build();
        invites.put(token, made);
        return made;
    }

    private JsonValue invitation(Call call) {
        return Optional.ofNullable(invites.get(call.id())).orElseThrow(Refusal::notFound);
    }

    private JsonValue acceptInvite(Call call) {
        JsonObject accepted = ((JsonObject) invitation(call)).with("status", "accepted");
        invites.put(call.id(), accepted);
        return accepted;
    }
}
