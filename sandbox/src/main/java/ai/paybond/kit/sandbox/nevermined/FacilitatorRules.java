package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.sandbox.nevermined.CreditLine.Kind;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Mint, verify and settle. Guarded by the sandbox's lock. */
final class FacilitatorRules {
    private final Market market;
    private final AccessTokens tokens;
    private final Supplier<BigInteger> ids;
    private final Clock clock;

    FacilitatorRules(Market market, AccessTokens tokens, Supplier<BigInteger> ids, Clock clock) {
        this.market = market;
        this.tokens = tokens;
        this.ids = ids;
        this.clock = clock;
    }

    JsonObject permission(String buyer, JsonObject body) {
        JsonObject accepted = Wanted.object(body, "accepted");
        Delegation delegation = body.object("delegationConfig")
                .flatMap(config -> config.string("delegationId"))
                .map(market::delegation)
                .orElseThrow(() -> new RefusedException(402, "BCK.X402.0030", "token-mint input incomplete"));
        if (!delegation.owner.equals(buyer)) {
            throw new RefusedException(402, "BCK.X402.0029", "API key not allowed");
        }
        Plan plan = market.plan(Wanted.text(accepted, "planId"));
        requireSameRail(plan, accepted);
        delegation.requireUsable(plan, clock.instant());
        return JsonObject.of(Map.of("accessToken", tokens.mint(accepted, buyer, delegation)));
    }

    JsonObject verify(String seller, JsonObject body) {
        Checked checked = check(seller, body);
        if (checked.urlMatching().isEmpty()) {
            return invalid("the endpoint is not one of the agent's");
        }
        if (!canBeCharged(checked)) {
            return invalid("Insufficient credits");
        }
        String requestId = "req-" + ids.get();
        return JsonObject.builder()
                .put("isValid", true)
                .put("payer", checked.payer())
                .put("network", checked.plan().network())
                .put("agentRequestId", requestId)
                .put("urlMatching", checked.urlMatching().get())
                .put("agentRequest", agentRequest(checked, requestId))
                .build();
    }

    private static JsonObject agentRequest(Checked checked, String requestId) {
        @Nullable Agent agent = checked.agent();
        return JsonObject.builder()
                .put("agentRequestId", requestId)
                .putIfPresent("agentName", agent == null ? null : agent.name())
                .putIfPresent("agentId", agent == null ? null : agent.id)
                .put("balance", checked.plan().describeBalance(checked.payer()))
                .put("urlMatching", checked.urlMatching().orElse(""))
                .put("batch", false)
                .build();
    }

    JsonObject settle(String seller, JsonObject body, Optional<String> refusal) {
        Checked checked = check(seller, body);
        String network = checked.plan().network();
        if (refusal.isPresent()) {
            return failed(refusal.get(), network);
        }
        @Nullable String order = null;
        if (checked.plan().balance(checked.payer()).compareTo(checked.credits()) < 0) {
            order = market.topUp(checked.plan(), checked.payer(), checked.delegation())
                    .orElse(null);
        }
        if (checked.plan().balance(checked.payer()).compareTo(checked.credits()) < 0) {
            return failed("Insufficient credits", network);
        }
        String transaction = market.move(
                Kind.BURN,
                checked.plan(),
                checked.payer(),
                checked.credits(),
                body.string("agentRequestId").orElse(null));
        return JsonObject.builder()
                .put("success", true)
                .put("payer", checked.payer())
                .put("transaction", transaction)
                .put("network", network)
                .put("creditsRedeemed", checked.credits().toString())
                .put("remainingBalance", checked.plan().balance(checked.payer()).toString())
                .putIfPresent("orderTx", order)
                .build();
    }

    private boolean canBeCharged(Checked checked) {
        BigInteger balance = checked.plan().balance(checked.payer());
        if (balance.compareTo(checked.credits()) >= 0) {
            return true;
        }
        boolean enoughAfterOrder = balance.add(checked.plan().creditsPerOrder).compareTo(checked.credits()) >= 0;
        return enoughAfterOrder && checked.delegation().canPay(checked.plan().priceCents());
    }

    /** What both calls find out first. */
    private record Checked(
            Plan plan,
            @Nullable Agent agent,
            Delegation delegation,
            String payer,
            BigInteger credits,
            Optional<String> urlMatching) {}

    private Checked check(String seller, JsonObject body) {
        AccessTokens.Opened token = tokens.open(Wanted.text(body, "x402AccessToken"));
        JsonObject required = Wanted.object(body, "paymentRequired");
        JsonObject accepted = required.array("accepts").stream()
                .flatMap(JsonArray::objectItems)
                .filter(entry -> isPaidBy(token, entry))
                .findFirst()
                .orElseThrow(
                        () -> new RefusedException(400, "BCK.X402.0013", "accepted entry does not match requirements"));
        Plan plan = market.plan(token.planId());
        if (!plan.owner.equals(seller)) {
            throw new RefusedException(402, "BCK.X402.0029", "API key not allowed");
        }
        requireSameRail(plan, accepted);
        Delegation delegation = market.delegation(token.delegationId());
        delegation.requireUsable(plan, clock.instant());
        JsonObject extra = accepted.object("extra").orElse(JsonObject.of(Map.of()));
        String url = required.object("resource")
                .flatMap(resource -> resource.string("url"))
                .orElse("");
        @Nullable Agent agent = agent(token, extra, plan, url);
        Optional<String> matching = agent == null ? Optional.of(url) : agent.matching(url, extra.string("httpVerb"));
        BigInteger credits = plan.burned(Wanted.optionalAmount(body, "maxAmount"));
        return new Checked(plan, agent, delegation, token.payer(), credits, matching);
    }

    private @Nullable Agent agent(AccessTokens.Opened token, JsonObject extra, Plan plan, String url) {
        Optional<String> agentId = extra.string("agentId");
        Optional<String> bound = token.extra().string("agentId");
        if (bound.isPresent() && agentId.isPresent() && !bound.equals(agentId)) {
            throw new RefusedException(402, "BCK.X402.0005", "access token is for another agent");
        }
        if (agentId.isEmpty()) {
            return null;
        }
        if (url.isEmpty()) {
            throw new RefusedException(400, "BCK.X402.0012", "resource.url needed when agentId is sent");
        }
        Agent agent = market.agent(agentId.get());
        if (!agent.plans.contains(plan.id)) {
            throw new RefusedException(400, "BCK.X402.0003", "plan not linked to agent");
        }
        return agent;
    }

    private static boolean isPaidBy(AccessTokens.Opened token, JsonObject entry) {
        return entry.string("planId").filter(token.planId()::equals).isPresent()
                && entry.string("scheme").filter(token.scheme()::equals).isPresent()
                && entry.string("network").filter(token.network()::equals).isPresent();
    }

    private static void requireSameRail(Plan plan, JsonObject accepted) {
        boolean same = accepted.string("scheme").filter(plan.scheme()::equals).isPresent()
                && accepted.string("network").filter(plan.network()::equals).isPresent();
        if (!same) {
            throw new RefusedException(400, "BCK.X402.0013", "accepted entry does not match requirements");
        }
    }

    private static JsonObject invalid(String reason) {
        return JsonObject.of(Map.of("isValid", false, "invalidReason", reason));
    }

    private static JsonObject failed(String reason, String network) {
        return JsonObject.of(Map.of("success", false, "errorReason", reason, "transaction", "", "network", network));
    }
}
