package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Closing, claiming and withdrawing. In the normal path the seller is paid by itself once the challenge window is over. */
final class Settlements {
    private static final Duration CHALLENGE = Duration.ofHours(1);
    private static final Duration SIGNATURE_LIFETIME = Duration.ofMinutes(10);
    private static final BigInteger ATOMIC_PER_CENT = BigInteger.valueOf(10_000);

    private final World world;

    Settlements(World world) {
        this.world = world;
    }

    void mount(RouteTable routes) {
        routes.agent("GET", "/usage-agreements/{id}/settlement-action-options", this::options);
        routes.agent("GET", "/usage-agreements/{id}/initiate-close-calldata", call -> calldata(call, "initiate_close"));
        routes.agent("GET", "/usage-agreements/{id}/claim-instructions", call -> calldata(call, "seller_claim"));
        for (String action : new String[] {"initiate-close", "seller-claim", "buyer-withdraw"}) {
            routes.agent(
                    "POST",
                    "/usage-agreements/{id}/sponsored-actions/" + action,
                    call -> sponsored(call, action.replace('-', '_')));
        }
    }

    static void close(World world, Deal deal) {
        deal.status = "closing";
        deal.closingSince = world.now();
        world.tell(deal, "agreement.closing");
    }

    /** What the chain has done by now. */
    static void advance(World world, Deal deal) {
        Instant since = deal.closingSince;
        boolean over = since != null && !world.now().isBefore(since.plus(CHALLENGE));
        if (deal.status.equals("closing") && over && !world.chain.isPayoutLeftToClaim()) {
            payOut(world, deal);
        }
    }

    private static void payOut(World world, Deal deal) {
        deal.released = BigInteger.valueOf(deal.unitsUsed)
                .multiply(BigInteger.valueOf(deal.priceCents))
                .multiply(ATOMIC_PER_CENT);
        world.chain.transfer(SimulatedChain.ESCROW, seller(deal), deal.released);
        deal.status = "settled";
        world.tell(deal, "agreement.settled");
    }

    private static String seller(Deal deal) {
        JsonObject proposed = deal.escrowPackage;
        return proposed == null
                ? SimulatedChain.ESCROW
                : proposed.object("terms")
                        .flatMap(terms -> terms.string("seller"))
                        .orElse(SimulatedChain.ESCROW);
    }

    private JsonValue options(Call call) {
        Deal deal = world.deal(call);
        String action = call.query().getOrDefault("action", "");
        boolean available = isAvailable(deal, call.agentId(), action);
        JsonObject sponsored = JsonObject.builder()
                .put("available", available)
                .put("values", values(deal, signer(deal, call.agentId())))
                .build();
        return JsonObject.builder()
                .put("action", action)
                .put("recommended_mode", available ? "sponsored" : "none")
                .put("direct", JsonObject.builder().put("available", available).build())
                .put("sponsored", sponsored)
                .build();
    }

    private boolean isAvailable(Deal deal, String agent, String action) {
        boolean buyer = deal.buyer.equals(agent);
        return switch (action) {
            case "initiate_close" -> deal.status.equals("active");
            case "seller_claim" -> !buyer && deal.status.equals("closing");
            case "buyer_withdraw" -> buyer && deal.status.equals("settled") && !deal.withdrawn;
            default -> throw Refusal.invalid("no such action");
        };
    }

    private JsonObject values(Deal deal, String signer) {
        return JsonObject.builder()
                .put("agreement_key", key(deal))
                .put("signer", signer)
                .put("nonce", Long.toString(deal.settlementNonce))
                .put(
                        "deadline",
                        Long.toString(world.now().plus(SIGNATURE_LIFETIME).getEpochSecond()))
                .build();
    }

    private static String signer(Deal deal, String agent) {
        return deal.buyer.equals(agent) ? deal.wallet() : seller(deal);
    }

    private static String key(Deal deal) {
        JsonObject proposed = deal.escrowPackage;
        if (proposed == null) {
            throw new Refusal(409, "invalid_state:not_active", "There is no escrow yet.");
        }
        return proposed.string("agreement_key").orElse("");
    }

    private JsonValue calldata(Call call, String action) {
        Deal deal = world.deal(call);
        Refusal.unless(
                isAvailable(deal, call.agentId(), action), 409, "invalid_state:not_active", "That cannot be done now.");
        byte[] selector = Evm.keccak((action + "(bytes32)").getBytes(StandardCharsets.UTF_8));
        return JsonObject.builder()
                .put("to", SimulatedChain.ESCROW)
                .put(
                        "data",
                        "0x" + Hex.encode(selector).substring(0, 8) + key(deal).substring(2))
                .put("value", "0")
                .put("chain_id", SimulatedChain.CHAIN_ID)
                .build();
    }

    private JsonValue sponsored(Call call, String action) {
        Deal deal = world.deal(call);
        Refusal.unless(
                isAvailable(deal, call.agentId(), action), 409, "invalid_state:not_active", "That cannot be done now.");
        requireSigned(deal, call, action);
        switch (action) {
            case "initiate_close" -> close(world, deal);
            case "seller_claim" -> claim(deal);
            default -> withdraw(deal);
        }
        deal.settlementNonce++;
        return JsonObject.builder()
                .put("agreement_id", deal.id)
                .put("action", action)
                .put("submitted", true)
                .put("status", deal.status)
                .build();
    }

    private void requireSigned(Deal deal, Call call, String action) {
        JsonObject values = call.body().without("signature");
        String signer = signer(deal, call.agentId());
        boolean own = Evm.address(call.text("signer")).equals(signer)
                && call.text("agreement_key").equals(key(deal));
        Refusal.unless(own, 403, "forbidden", "The message is for another signer or agreement.");
        boolean fresh = call.text("nonce").equals(Long.toString(deal.settlementNonce));
        Refusal.unless(fresh, 402, "nonce_reused", "The nonce is not the next.");
        boolean inTime = Evm.number(call.text("deadline"))
                        .compareTo(BigInteger.valueOf(world.now().getEpochSecond()))
                >= 0;
        Refusal.unless(inTime, 402, "signature_expired", "The deadline has passed.");
        world.layout.requireSigned(action.toUpperCase(Locale.ROOT), values, call.text("signature"), signer);
    }

    private void claim(Deal deal) {
        Instant since = deal.closingSince;
        boolean over = since != null && !world.now().isBefore(since.plus(CHALLENGE));
        Refusal.unless(over, 409, "invalid_state:challenge_window", "The challenge window is open.");
        payOut(world, deal);
    }

    private void withdraw(Deal deal) {
        BigInteger deposit = BigInteger.valueOf(deal.totalCents()).multiply(ATOMIC_PER_CENT);
        world.chain.transfer(SimulatedChain.ESCROW, deal.wallet(), deposit.subtract(deal.released));
        deal.withdrawn = true;
        world.tell(deal, "agreement.withdrawn");
    }
}
