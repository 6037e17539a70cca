package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.internal.paegents.Token.Permit;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Activation packages, what a buyer submits for them, and the chain's taking its time. */
final class Activations {
    private static final long CHALLENGE_SECONDS = Duration.ofHours(1).toSeconds();
    private static final BigInteger ATOMIC_PER_CENT = BigInteger.valueOf(10_000);

    private final World world;
    private final PolicyGate policies;

    Activations(World world, PolicyGate policies) {
        this.world = world;
        this.policies = policies;
    }

    void mount(RouteTable routes) {
        routes.agent("GET", "/usage-agreements/{id}/activation-package", this::escrowPackage);
        routes.add("POST", "/usage-agreements/{id}/activate-escrow", RouteTable.Access.AGENT, 202, this::activate);
        routes.agent("GET", "/usage-agreements/{id}/escrow-status", this::status);
    }

    /** 2 percent and $0.003, at least $0.10, in the token's smallest unit. */
    static BigInteger fee(long cents) {
        return BigInteger.valueOf(Math.max(100_000, 200 * cents + 3_000));
    }

    private Deal bought(Call call) {
        Deal deal = world.deal(call);
        Refusal.unless(deal.buyer.equals(call.agentId()), 403, "forbidden", "Only the buyer may do this.");
        Refusal.unless(!deal.isDirect(), 409, "invalid_state:no_escrow", "A direct payment has no escrow.");
        return deal;
    }

    private JsonValue escrowPackage(Call call) {
        Deal deal = bought(call);
        deal.require("accepted");
        if (deal.escrowPackage == null) {
            deal.escrowPackage = proposed(deal);
        }
        return deal.escrowPackage.with("infra_fee", infraFee(deal));
    }

    private JsonObject proposed(Deal deal) {
        BigInteger price = BigInteger.valueOf(deal.priceCents).multiply(ATOMIC_PER_CENT);
        JsonObject terms = JsonObject.builder()
                .put("buyer", deal.wallet())
                .put("seller", sellerWallet(deal))
                .put("token", SimulatedChain.TOKEN)
                .put("quantity", deal.quantity)
                .put("price_per_unit_atomic", price.toString())
                .put(
                        "deposit_amount_atomic",
                        price.multiply(BigInteger.valueOf(deal.quantity)).toString())
                .put("challenge_window_seconds", CHALLENGE_SECONDS)
                .put("service_hash", hash(deal.request.string("service_id").orElse("")))
                .put("terms_hash", hash(deal.request.toJson()))
                .put("expiry", world.now().plus(Duration.ofDays(1)).getEpochSecond())
                .put("salt", "0x" + world.hex(32))
                .build();
        return JsonObject.builder()
                .put("agreement_key", hash("key " + deal.id))
                .put("platform_agreement_id_hash", hash(deal.id))
                .put("chain_id", SimulatedChain.CHAIN_ID)
                .put("terms", terms)
                .put(
                        "nonces",
                        JsonObject.builder().put("buyer_activation_nonce", "0").build())
                .put(
                        "funding",
                        JsonObject.builder()
                                .put("spender", SimulatedChain.ESCROW)
                                .build())
                .build();
    }

    private String sellerWallet(Deal deal) {
        return world.services
                .getOrDefault(
                        deal.request.string("service_id").orElse(""),
                        JsonObject.builder().build())
                .object("metadata")
                .flatMap(metadata -> metadata.string("wallet"))
                .map(Evm::address)
                .orElseThrow(() -> new Refusal(409, "seller_wallet_missing", "The service names no wallet."));
    }

    private static JsonObject infraFee(Deal deal) {
        return JsonObject.builder()
                .put("waived", false)
                .put("status", deal.feePaid == null ? "pending" : "paid")
                .put("spender", SimulatedChain.GAS_WALLET)
                .put("amount_atomic", fee(deal.totalCents()).toString())
                .put("token_address", SimulatedChain.TOKEN)
                .build();
    }

    private static String hash(String text) {
        return "0x" + Hex.encode(Evm.keccak(text.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonValue activate(Call call) {
        Deal deal = bought(call);
        deal.require("accepted");
        boolean open = deal.activationStatus.equals("ready") || deal.activationStatus.equals("failed");
        Refusal.unless(open, 409, "invalid_state:activation_" + deal.activationStatus, "It was submitted before.");
        JsonObject expected = deal.escrowPackage;
        if (expected == null) {
            throw new Refusal(409, "invalid_state:no_package", "No activation package was fetched.");
        }
        JsonObject intent = call.object("buyer_intent");
        requireProposed(expected, intent);
        world.layout.requireSigned("BUYER_ACTIVATION", intent, call.text("buyer_signature"), deal.wallet());
        BigInteger deposit = Evm.number(EscrowLayout.text(intent.get("deposit_amount")));
        fund(deal, call, deposit);
        policies.spend(deal.buyer, deal.totalCents());
        deal.activationStatus = "submitting";
        deal.txHash = null;
        deal.submittedAt = world.now();
        world.tell(deal, "agreement.activation_submitted");
        return JsonObject.builder()
                .put("agreement_id", deal.id)
                .put("activation_status", deal.activationStatus)
                .build();
    }

    /** The signed values are those of the package, each as it was proposed. */
    private static void requireProposed(JsonObject proposed, JsonObject intent) {
        JsonObject terms = proposed.object("terms").orElseThrow();
        Refusal.unless(intent.members().size() == 14, 422, "validation_error", "An intent has fourteen members.");
        intent.members().forEach((name, value) -> {
            JsonValue expected =
                    switch (name) {
                        case "agreement_key", "platform_agreement_id_hash" -> proposed.get(name);
                        case "price_per_unit", "deposit_amount" -> terms.get(name + "_atomic");
                        case "nonce" -> proposed.object("nonces").orElseThrow().get("buyer_activation_nonce");
                        default -> terms.get(name);
                    };
            Refusal.unless(value.equals(expected), 409, "terms_mismatch", "The intent differs from the package.");
        });
    }

    /** Takes the fee and makes sure of the deposit, or refuses before it has done either. */
    private void fund(Deal deal, Call call, BigInteger deposit) {
        JsonObject funding = call.object("funding_authorization");
        BigInteger amount = Evm.number(EscrowLayout.text(funding.get("amount")));
        Refusal.unless(amount.compareTo(deposit) >= 0, 402, "wrong_amount", "The funding does not cover the deposit.");
        Optional<Permit> forFee = deal.feePaid == null ? Optional.of(feePermit(deal, call)) : Optional.empty();
        BigInteger fee = forFee.map(Permit::value).orElse(BigInteger.ZERO);
        List<Permit> permits = new ArrayList<>(forFee.stream().toList());
        if (funding.string("type").orElse("").equals("erc2612")) {
            permits.add(isAfterFee(deal, funding) ? permits.size() : 0, fundingPermit(deal, funding, amount));
        } else {
            BigInteger allowance = world.chain.allowance(deal.wallet(), SimulatedChain.ESCROW);
            Refusal.unless(
                    allowance.compareTo(deposit) >= 0,
                    402,
                    "insufficient_allowance",
                    "The escrow may not take the deposit.");
        }
        world.token.check(permits);
        boolean solvent = world.chain.balance(deal.wallet()).compareTo(deposit.add(fee)) >= 0;
        Refusal.unless(solvent, 402, "insufficient_balance", "The buyer's balance is too low.");
        permits.forEach(world.token::permit);
        if (deal.feePaid == null) {
            world.chain.transferFrom(deal.wallet(), SimulatedChain.GAS_WALLET, SimulatedChain.GAS_WALLET, fee);
            deal.feePaid = fee;
        }
    }

    /** Which of two permits goes first is not documented; the funding's own nonce tells. */
    private boolean isAfterFee(Deal deal, JsonObject funding) {
        JsonValue nonce = funding.get("nonce");
        return nonce != null
                && Evm.number(EscrowLayout.text(nonce)).compareTo(world.chain.permitNonce(deal.wallet())) > 0;
    }

    private static Permit fundingPermit(Deal deal, JsonObject funding, BigInteger amount) {
        return new Permit(
                deal.wallet(),
                SimulatedChain.ESCROW,
                amount,
                Evm.number(EscrowLayout.text(funding.get("deadline"))),
                funding.string("signature").orElse(""));
    }

    private static Permit feePermit(Deal deal, Call call) {
        String signature = call.optionalText("buyer_infra_fee_permit_signature")
                .orElseThrow(() -> new Refusal(402, "infra_fee_permit_missing", "The fee is still to be paid."));
        return new Permit(
                deal.wallet(),
                SimulatedChain.GAS_WALLET,
                fee(deal.totalCents()),
                BigInteger.valueOf(call.number("buyer_infra_fee_permit_deadline")),
                signature);
    }

    /** What the chain has done by now. */
    static void advance(World world, Deal deal) {
        Instant submitted = deal.submittedAt;
        if (!deal.activationStatus.equals("submitting") || submitted == null || world.chain.isStuck()) {
            return;
        }
        Instant now = world.now();
        if (now.isBefore(submitted.plus(world.chain.submitDelay()))) {
            return;
        }
        if (world.chain.isFailing()) {
            deal.activationStatus = "failed";
            return;
        }
        if (deal.txHash == null) {
            deal.txHash = hash("tx " + deal.id);
        }
        if (!now.isBefore(submitted.plus(world.chain.confirmDelay()))) {
            confirm(world, deal);
        }
    }

    private static void confirm(World world, Deal deal) {
        BigInteger deposit = BigInteger.valueOf(deal.totalCents()).multiply(ATOMIC_PER_CENT);
        boolean deposited =
                world.chain.transferFrom(deal.wallet(), SimulatedChain.ESCROW, SimulatedChain.ESCROW, deposit);
        deal.activationStatus = deposited ? "confirmed" : "failed";
        if (deposited) {
            deal.status = "active";
            world.tell(deal, "agreement.activated");
        }
    }

    private JsonValue status(Call call) {
        Deal deal = world.deal(call);
        return JsonObject.builder()
                .put("agreement_id", deal.id)
                .put("status", deal.status)
                .put("activation_status", deal.activationStatus)
                .putIfPresent("activation_tx_hash", deal.txHash)
                .put("escrow_status", escrowStatus(deal))
                .put("released_atomic", deal.released.toString())
                .build();
    }

    static String escrowStatus(Deal deal) {
        return switch (deal.status) {
            case "active", "disputed" -> "funded";
            case "closing" -> "closing";
            case "settled" -> "settled";
            default -> "none";
        };
    }
}
