package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A spending limit. Guarded by the sandbox's lock. */
final class Delegation {
    private static final Set<String> PROVIDERS = Set.of("stripe", "braintree", "visa", "vgs", "erc4337");
    private static final Set<String> CURRENCIES = Set.of("usd", "eur", "usdc", "eurc");

    final String id;
    final String owner;
    final String provider;
    final Instant expiresAt;
    private final String currency;
    private final @Nullable String planId;
    private final BigInteger limitCents;
    private final BigInteger maxTransactions;
    private BigInteger spentCents = BigInteger.ZERO;
    private int transactions;
    private boolean revoked;

    Delegation(String id, String owner, JsonObject body, Instant now) {
        this.id = id;
        this.owner = owner;
        this.provider = Wanted.text(body, "provider");
        this.currency = Wanted.text(body, "currency");
        this.limitCents = Wanted.amount(body, "spendingLimitCents");
        this.planId = body.string("planId").orElse(null);
        this.maxTransactions =
                Wanted.optionalAmount(body, "maxTransactions").orElse(BigInteger.valueOf(Integer.MAX_VALUE));
        BigInteger seconds = Wanted.amount(body, "durationSecs").min(BigInteger.valueOf(Integer.MAX_VALUE));
        this.expiresAt = now.plusSeconds(seconds.longValueExact());
        if (!PROVIDERS.contains(provider) || !CURRENCIES.contains(currency)) {
            throw new RefusedException(402, "BCK.X402.0034", "scheme or currency unsupported");
        }
        if (isCard() && body.string("providerPaymentMethodId").isEmpty()) {
            throw new RefusedException(402, "BCK.X402.0027", "no usable payment method");
        }
    }

    boolean isCard() {
        return !provider.equals("erc4337");
    }

    void revoke() {
        revoked = true;
    }

    /** @throws RefusedException as the backend's catalogue has it */
    void requireUsable(Plan plan, Instant now) {
        if (revoked) {
            throw new RefusedException(402, "BCK.X402.0020", "delegation revoked");
        }
        if (!now.isBefore(expiresAt)) {
            throw new RefusedException(402, "BCK.X402.0021", "delegation expired");
        }
        if (planId != null && !planId.equals(plan.id)) {
            throw new RefusedException(400, "BCK.X402.0014", "delegation bound to another plan");
        }
    }

    boolean canPay(BigInteger cents) {
        return remaining().compareTo(cents) >= 0
                && BigInteger.valueOf(transactions).compareTo(maxTransactions) < 0;
    }

    void pay(BigInteger cents) {
        spentCents = spentCents.add(cents);
        transactions++;
    }

    private BigInteger remaining() {
        return limitCents.subtract(spentCents);
    }

    private String status(Instant now) {
        if (revoked) {
            return "Revoked";
        }
        if (!now.isBefore(expiresAt)) {
            return "Expired";
        }
        return remaining().signum() <= 0 ? "Exhausted" : "Active";
    }

    JsonObject describe(Instant now) {
        return JsonObject.builder()
                .put("delegationId", id)
                .put("provider", provider)
                .put("status", status(now))
                .put("spendingLimitCents", limitCents.toString())
                .put("amountSpentCents", spentCents.toString())
                .put("remainingBudgetCents", remaining().toString())
                .put("currency", currency)
                .put("transactionCount", transactions)
                .put("expiresAt", expiresAt.toString())
                .build();
    }

    Optional<String> planId() {
        return Optional.ofNullable(planId);
    }
}
