package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A plan and who holds how much of it. Guarded by the sandbox's lock. */
final class Plan {
    private static final BigInteger MICROS_PER_CENT = BigInteger.valueOf(10_000);

    final String id;
    final String owner;
    final JsonObject metadata;
    final JsonObject price;
    final BigInteger creditsPerOrder;
    private final boolean fixed;
    private final BigInteger least;
    private final BigInteger most;
    private final Map<String, BigInteger> balances = new HashMap<>();

    Plan(String id, String owner, JsonObject body) {
        this.id = id;
        this.owner = owner;
        this.metadata = Wanted.object(body, "metadataAttributes");
        this.price = Wanted.object(body, "priceConfig");
        JsonObject credits = Wanted.object(body, "creditsConfig");
        this.creditsPerOrder = Wanted.amount(credits, "amount");
        this.fixed = credits.bool("isRedemptionAmountFixed").orElse(false);
        this.least = Wanted.amount(credits, "minAmount");
        this.most = Wanted.amount(credits, "maxAmount");
        if (least.compareTo(most) > 0) {
            throw RefusedException.invalid("minAmount is above maxAmount");
        }
    }

    boolean isCrypto() {
        return price.bool("isCrypto").orElse(true);
    }

    String scheme() {
        return isCrypto() ? "nvm:erc4337" : "nvm:card-delegation";
    }

    String network() {
        return isCrypto() ? "eip155:84532" : provider();
    }

    private String provider() {
        return metadata.string("fiatPaymentProvider").orElse("stripe");
    }

    /** What a call burns: always the same on fixed plans, whatever is asked; within the range on others. */
    BigInteger burned(Optional<BigInteger> asked) {
        return fixed ? least : asked.orElse(least).max(least).min(most);
    }

    BigInteger balance(String holder) {
        return balances.getOrDefault(holder, BigInteger.ZERO);
    }

    void add(String holder, BigInteger credits) {
        balances.merge(holder, credits, BigInteger::add);
    }

    /** The price of one order in cents of its currency; prices have six decimals. */
    BigInteger priceCents() {
        BigInteger micros = price.array("amounts")
                .flatMap(JsonArray::strings)
                .map(amounts -> amounts.stream().map(BigInteger::new).reduce(BigInteger.ZERO, BigInteger::add))
                .orElse(BigInteger.ZERO);
        return micros.add(MICROS_PER_CENT).subtract(BigInteger.ONE).divide(MICROS_PER_CENT);
    }

    JsonObject describe() {
        return JsonObject.builder()
                .put("id", id)
                .put(
                        "registry",
                        JsonObject.builder()
                                .put("price", price)
                                .put("owner", owner)
                                .build())
                .put(
                        "metadata",
                        JsonObject.builder()
                                .put("main", metadata)
                                .put(
                                        "plan",
                                        JsonObject.builder()
                                                .putIfPresent("fiatPaymentProvider", isCrypto() ? null : provider())
                                                .build())
                                .build())
                .build();
    }

    JsonObject describeBalance(String holder) {
        BigInteger balance = balance(holder);
        return JsonObject.builder()
                .put("planId", id)
                .put("planName", metadata.string("name").orElse(""))
                .put("planType", "credits")
                .put("holderAddress", holder)
                .put("balance", balance.toString())
                .put("isSubscriber", balance.signum() > 0)
                .build();
    }
}
