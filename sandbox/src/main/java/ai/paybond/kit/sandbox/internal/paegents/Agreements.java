package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Proposals, their acceptance, and the use that is made of them. */
final class Agreements {
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();
    private static final BigInteger ATOMIC_PER_CENT = BigInteger.valueOf(10_000);

    private final World world;
    private final PolicyGate policies;

    Agreements(World world, PolicyGate policies) {
        this.world = world;
        this.policies = policies;
    }

    void mount(RouteTable routes) {
        routes.agent("POST", "/usage-agreements", this::create);
        routes.agent("GET", "/usage-agreements/{id}", call -> world.deal(call).json());
        routes.agent("GET", "/usage-agreements/agents/{agent}/agreements", this::list);
        routes.agent("PUT", "/usage-agreements/{id}/accept", this::accept);
        routes.agent("PUT", "/usage-agreements/{id}/reject", this::reject);
        routes.agent("POST", "/usage-agreements/{id}/record-usage", this::recordUsage);
        routes.agent("POST", "/usage-agreements/{id}/cancel", this::cancel);
        routes.agent("POST", "/usage-agreements/{id}/dispute", this::dispute);
        routes.agent("PATCH", "/usage-agreements/{id}/delivery", this::deliver);
    }

    private JsonValue create(Call call) {
        Refusal.unless(
                world.agents.containsKey(call.text("seller_agent_id")), 404, "seller_not_found", "No such seller.");
        JsonObject service =
                Optional.ofNullable(world.services.get(call.text("service_id"))).orElseThrow(Refusal::notFound);
        long price = call.body().integer("price_per_unit_cents").isPresent()
                ? call.number("price_per_unit_cents")
                : service.integer("base_price_cents").orElse(0L);
        requireWallet(call);
        Deal deal = new Deal(
                world.newId("agr_"),
                call.agentId(),
                call.body(),
                call.number("quantity"),
                price,
                world.now(),
                expiry(call));
        Optional<JsonObject> approval = policies.check(call.agentId(), "stablecoin", deal.totalCents(), call.body());
        if (approval.isPresent()) {
            return approval.get();
        }
        world.deals.put(deal.id, deal);
        world.tell(deal, "agreement.proposed");
        if (isSelfService(service) && !deal.isDirect()) {
            accepted(deal);
        }
        return deal.json();
    }

    private void requireWallet(Call call) {
        String wallet = call.optionalText("buyer_wallet_address").orElse("");
        Refusal.unless(wallet.isEmpty() || wallet.matches("0x[0-9a-fA-F]{40}"), 422, "validation_error", "no wallet");
        Refusal.unless(!world.chain.isSanctioned(wallet), 403, "wallet_sanctioned", "The wallet is sanctioned.");
    }

    private Instant expiry(Call call) {
        return world.now().plusSeconds(call.body().integer("expires_in_seconds").orElse(DAY_SECONDS));
    }

    private static boolean isSelfService(JsonObject service) {
        return service.object("metadata")
                .flatMap(metadata -> metadata.bool("self_service"))
                .orElse(false);
    }

    private JsonValue list(Call call) {
        String agent = call.ownAgent();
        String role = call.query().getOrDefault("role", "");
        String status = call.query().getOrDefault("status", "");
        return Deal.list(world.deals.values().stream()
                .filter(deal -> (deal.buyer.equals(agent) && !role.equals("seller"))
                        || (deal.seller.equals(agent) && !role.equals("buyer")))
                .map(world::upToDate)
                .filter(deal -> status.isEmpty() || deal.status.equals(status))
                .limit(call.limit())
                .toList());
    }

    private JsonValue accept(Call call) {
        Deal deal = sold(call);
        deal.require("proposed");
        if (deal.isDirect()) {
            payDirectly(deal);
        } else {
            accepted(deal);
        }
        return deal.json();
    }

    private void accepted(Deal deal) {
        deal.status = "accepted";
        deal.activationStatus = "ready";
        world.tell(deal, "agreement.accepted");
    }

    /** The fee first, and neither unless both can be had: nothing is accepted otherwise. */
    private void payDirectly(Deal deal) {
        String buyer = deal.wallet();
        BigInteger amount = BigInteger.valueOf(deal.totalCents()).multiply(ATOMIC_PER_CENT);
        BigInteger fee = Activations.fee(deal.totalCents());
        Token.Permit permit = new Token.Permit(
                buyer,
                SimulatedChain.GAS_WALLET,
                fee,
                Evm.number(EscrowLayout.text(deal.request.get("buyer_infra_fee_permit_deadline"))),
                deal.request.string("buyer_infra_fee_permit_signature").orElse(""));
        world.token.check(List.of(permit));
        Token.Payment payment =
                world.token.check(deal.request.string("payment_header").orElse(""), sellerWallet(deal), amount, fee);
        Refusal.unless(payment.from().equals(buyer), 402, "stablecoin_error", "The payment is between other parties.");
        world.token.permit(permit);
        world.chain.transferFrom(buyer, SimulatedChain.GAS_WALLET, SimulatedChain.GAS_WALLET, fee);
        world.token.pay(payment);
        deal.feePaid = fee;
        deal.status = "completed";
        policies.spend(deal.buyer, deal.totalCents());
        deal.receiptId = world.receipt(deal.buyer, deal.totalCents(), "usd");
        world.tell(deal, "payment.succeeded");
    }

    private String sellerWallet(Deal deal) {
        JsonObject service = world.services.getOrDefault(
                deal.request.string("service_id").orElse(""),
                JsonObject.builder().build());
        return service.object("metadata")
                .flatMap(metadata -> metadata.string("wallet"))
                .map(Evm::address)
                .orElseThrow(() -> new Refusal(409, "seller_wallet_missing", "The service names no wallet."));
    }

    private JsonValue reject(Call call) {
        Deal deal = sold(call);
        deal.require("proposed");
        deal.status = "rejected";
        deal.rejection = call.body();
        world.tell(deal, "agreement.rejected");
        return deal.json();
    }

    private Deal sold(Call call) {
        Deal deal = world.deal(call);
        Refusal.unless(deal.seller.equals(call.agentId()), 403, "forbidden", "Only the seller may do this.");
        return deal;
    }

    private Deal bought(Call call) {
        Deal deal = world.deal(call);
        Refusal.unless(deal.buyer.equals(call.agentId()), 403, "forbidden", "Only the buyer may do this.");
        return deal;
    }

    private JsonValue recordUsage(Call call) {
        Deal deal = world.deal(call);
        requireUsable(deal);
        use(deal, call.number("units_used"));
        if (call.body().bool("completed").orElse(false)) {
            Settlements.close(world, deal);
        }
        return deal.json();
    }

    static void requireUsable(Deal deal) {
        Refusal.unless(
                deal.status.equals("active"),
                409,
                "agreement_not_active:" + deal.status,
                "The agreement is not active.");
    }

    /** Counts units; more than were bought are not there. */
    static void use(Deal deal, long units) {
        Refusal.unless(
                units <= deal.quantity - deal.unitsUsed, 409, "units_exhausted", "Fewer units are left than that.");
        deal.unitsUsed += units;
    }

    private JsonValue cancel(Call call) {
        Deal deal = bought(call);
        deal.require("proposed");
        deal.status = "cancelled";
        world.tell(deal, "agreement.cancelled");
        return deal.json();
    }

    private JsonValue dispute(Call call) {
        Deal deal = bought(call);
        Refusal.unless(
                call.text("reason").length() >= 10, 422, "validation_error", "A reason has ten characters at least.");
        boolean open = deal.status.equals("active") || deal.status.equals("closing");
        Refusal.unless(open, 409, "invalid_state:not_active", "There is nothing to dispute.");
        deal.disputed = true;
        deal.status = "disputed";
        world.tell(deal, "agreement.disputed");
        return deal.json();
    }

    private JsonValue deliver(Call call) {
        Deal deal = sold(call);
        deal.delivery =
                JsonObject.builder().putAll(deal.delivery).putAll(call.body()).build();
        world.tell(deal, "agreement.delivery_updated");
        return deal.json();
    }
}
