package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** AP2, and the payments of older SDKs. */
final class MandateRoutes {
    private final World world;
    private final PolicyGate policies;
    private final Map<String, JsonObject> intents = new LinkedHashMap<>();
    private final Map<String, JsonObject> carts = new LinkedHashMap<>();
    private final Map<String, JsonObject> suppliers = new LinkedHashMap<>();

    MandateRoutes(World world, PolicyGate policies) {
        this.world = world;
        this.policies = policies;
    }

    void mount(RouteTable routes) {
        routes.agent("POST", "/ap2/mandates/intent", this::intent);
        routes.agent("POST", "/ap2/mandates/cart", this::cart);
        routes.agent("POST", "/ap2/pay", this::pay);
        routes.agent("POST", "/ap2/signing-digest", this::digest);
        routes.agent("POST", "/a2a/pay", this::paySupplier);
        routes.agent("POST", "/a2a/status", this::supplierStatus);
        routes.agent("POST", "/a2a/payment", call -> legacy(call, "payment"));
        routes.agent("POST", "/mcp/payments", call -> legacy(call, "payment_intent"));
        routes.agent("POST", "/mcp/search-recipients", this::recipients);
    }

    private JsonValue intent(Call call) {
        Refusal.unless(call.text("agent_id").equals(call.agentId()), 403, "forbidden", "That is another agent.");
        String id = world.newId("im_");
        JsonObject subject = JsonObject.builder()
                .put("user_id", "owner-of-" + call.agentId())
                .put("agent_id", call.agentId())
                .build();
        JsonObject mandate = JsonObject.builder()
                .put("id", id)
                .put("status", "active")
                .put("policy", call.object("policy"))
                .put("subject", subject)
                .putIfPresent("metadata", call.body().get("metadata"))
                .putIfPresent("expires_at", call.body().get("expires_at"))
                .build();
        intents.put(id, mandate);
        return JsonObject.builder().put("intent_mandate", mandate).build();
    }

    private JsonValue cart(Call call) {
        JsonObject mandate = intentOf(call);
        JsonObject cart = call.object("cart");
        long total = cart.integer("total").orElseThrow(() -> Refusal.invalid("a cart has a total"));
        JsonObject policy = mandate.object("policy").orElseThrow();
        long max = policy.object("max_amount").flatMap(m -> m.integer("value")).orElse(Long.MAX_VALUE);
        Refusal.unless(total > 0 && total <= max, 409, "amount_exceeds_mandate", "The cart exceeds the mandate.");
        Refusal.unless(
                cart.string("currency").equals(policy.string("currency")), 409, "wrong_currency", "Another currency.");
        String id = world.newId("cm_");
        JsonObject links =
                JsonObject.builder().put("intent_mandate_id", id(mandate)).build();
        JsonObject made = JsonObject.builder()
                .put("id", id)
                .put("status", "active")
                .put("cart", cart)
                .put("links", links)
                .build();
        carts.put(id, made);
        return JsonObject.builder().put("cart_mandate", made).build();
    }

    private JsonObject intentOf(Call call) {
        JsonObject mandate = Optional.ofNullable(intents.get(call.text("intent_mandate_id")))
                .filter(found -> found.object("subject")
                        .orElseThrow()
                        .string("agent_id")
                        .orElse("")
                        .equals(call.agentId()))
                .orElseThrow(Refusal::notFound);
        boolean inTime = mandate.string("expires_at").map(this::isAhead).orElse(true);
        Refusal.unless(inTime, 409, "mandate_expired", "The mandate has expired.");
        return mandate;
    }

    private boolean isAhead(String instant) {
        try {
            return Instant.parse(instant).isAfter(world.now());
        } catch (DateTimeParseException e) {
            throw Refusal.invalid("expires_at must be an instant");
        }
    }

    private static String id(JsonObject object) {
        return object.string("id").orElse("");
    }

    private JsonObject cartOf(Call call, JsonObject intent) {
        return Optional.ofNullable(carts.get(call.text("cart_mandate_id")))
                .filter(cart -> cart.object("links")
                        .flatMap(links -> links.string("intent_mandate_id"))
                        .equals(Optional.of(id(intent))))
                .orElseThrow(Refusal::notFound);
    }

    private JsonValue pay(Call call) {
        JsonObject made = cartOf(call, intentOf(call));
        JsonObject cart = made.object("cart").orElseThrow();
        long total = cart.integer("total").orElseThrow();
        String rail = call.object("payment_method").string("rail").orElse("");
        Refusal.unless(!made.string("status").orElse("").equals("paid"), 409, "already_paid", "The cart is paid.");
        policies.requireAllowed(call.agentId(), rail, total);
        Optional<Token.Payment> onchain =
                rail.equals("stablecoin") ? Optional.of(onchain(call, total)) : Optional.empty();
        Optional<JsonObject> approval = policies.check(call.agentId(), rail, total, call.body());
        if (approval.isPresent()) {
            return approval.get();
        }
        onchain.ifPresent(world.token::pay);
        policies.spend(call.agentId(), total);
        carts.put(id(made), made.with("status", "paid"));
        JsonObject payment = JsonObject.builder()
                .put("status", "succeeded")
                .put("rail", rail)
                .put(
                        "processor",
                        call.object("payment_method").string("provider").orElse("sandbox"))
                .put("processor_ref", world.newId("pr_"))
                .put(
                        "receipt",
                        world.receipt(
                                call.agentId(), total, cart.string("currency").orElse("")))
                .putIfPresent("onchain_txid", rail.equals("stablecoin") ? "0x" + world.hex(32) : null)
                .build();
        world.events.emit(call.agentId(), "payment.succeeded", payment);
        return payment;
    }

    private Token.Payment onchain(Call call, long cents) {
        JsonObject method = call.object("payment_method");
        String wallet = method.string("wallet_address").orElseThrow(() -> Refusal.invalid("wallet_address is missing"));
        BigInteger amount = BigInteger.valueOf(cents).multiply(BigInteger.valueOf(10_000));
        String header = method.string("payment_header").orElse("");
        return world.token.check(header, Evm.address(wallet), amount, BigInteger.ZERO);
    }

    private JsonValue digest(Call call) {
        JsonObject intent = intentOf(call);
        JsonObject made = cartOf(call, intent);
        JsonObject cart = made.object("cart").orElseThrow();
        String text = String.join(
                ":",
                "ap2:stablecoin",
                id(intent),
                id(made),
                Long.toString(cart.integer("total").orElse(0L)),
                cart.string("currency").orElse(""),
                call.text("destination_wallet"));
        return JsonObject.builder().put("digest", text).build();
    }

    private JsonValue paySupplier(Call call) {
        JsonObject payment = JsonObject.builder()
                .put("txn_id", call.text("txn_id"))
                .put("status", "paid")
                .put("msg", "PayResponse")
                .build();
        policies.spend(call.agentId(), call.number("amount"));
        suppliers.put(call.text("txn_id"), payment);
        return payment;
    }

    private JsonValue supplierStatus(Call call) {
        return Optional.ofNullable(suppliers.get(call.text("txn_id"))).orElseThrow(Refusal::notFound);
    }

    private JsonValue legacy(Call call, String name) {
        policies.spend(call.agentId(), call.number("amount"));
        JsonObject payment = JsonObject.builder()
                .put("id", world.newId("pay_"))
                .put("status", "succeeded")
                .build();
        return JsonObject.builder().put(name, payment).build();
    }

    private JsonValue recipients(Call call) {
        String wanted = call.query().getOrDefault("query", "");
        return Events.wrapped(
                "recipients",
                world.agents.keySet().stream()
                        .filter(id -> id.contains(wanted))
                        .map(id -> JsonObject.builder().put("id", id).build())
                        .toList());
    }
}
