package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A spending limit that tokens draw on.
 *
 * @param provider {@code stripe}, {@code braintree}, {@code visa}, {@code vgs} or {@code erc4337}
 * @param spendingLimitCents the limit in hundredths of the currency
 * @param duration how long it lasts, in whole seconds
 * @param currency {@code usd}, {@code eur}, {@code usdc} or {@code eurc}
 * @param providerPaymentMethodId the card; needed for every provider but {@code erc4337}
 * @param planId the only plan it may pay for, or null for any; Visa requires one at the backend
 * @param maxTransactions how many charges at most, or null
 */
public record DelegationRequest(
        String provider,
        long spendingLimitCents,
        Duration duration,
        String currency,
        @Nullable String providerPaymentMethodId,
        @Nullable String planId,
        @Nullable Integer maxTransactions) {
    private static final Set<String> PROVIDERS = Set.of("stripe", "braintree", "visa", "vgs", "erc4337");
    private static final Set<String> CURRENCIES = Set.of("usd", "eur", "usdc", "eurc");

    /** @throws NeverminedException {@code validation} for an unknown provider or currency, no limit, no duration, no card */
    public DelegationRequest {
        Objects.requireNonNull(duration, "duration");
        if (!PROVIDERS.contains(provider) || !CURRENCIES.contains(currency)) {
            throw NeverminedException.validation("provider or currency is not one that delegations know");
        }
        if (spendingLimitCents < 1 || duration.toSeconds() < 1) {
            throw NeverminedException.validation("a delegation needs a limit and a duration");
        }
        if (providerPaymentMethodId == null && !provider.equals("erc4337")) {
            throw NeverminedException.validation("a card delegation needs a payment method");
        }
    }

    /** A limit on crypto spending. */
    public static DelegationRequest crypto(long spendingLimitCents, Duration duration, String currency) {
        return new DelegationRequest("erc4337", spendingLimitCents, duration, currency, null, null, null);
    }

    /** A limit on a card. */
    public static DelegationRequest card(
            String provider, String paymentMethodId, long spendingLimitCents, Duration duration, String currency) {
        return new DelegationRequest(provider, spendingLimitCents, duration, currency, paymentMethodId, null, null);
    }

    /** The same limit for one plan only. */
    public DelegationRequest forPlan(String onlyPlanId) {
        return new DelegationRequest(
                provider,
                spendingLimitCents,
                duration,
                currency,
                providerPaymentMethodId,
                Identifiers.require(onlyPlanId, "planId"),
                maxTransactions);
    }

    /** The same limit with at most this many charges. */
    public DelegationRequest withMaxTransactions(int count) {
        return new DelegationRequest(
                provider, spendingLimitCents, duration, currency, providerPaymentMethodId, planId, count);
    }

    /** The body of the call. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("provider", provider)
                .putIfPresent("providerPaymentMethodId", providerPaymentMethodId)
                .put("spendingLimitCents", spendingLimitCents)
                .put("durationSecs", duration.toSeconds())
                .put("currency", currency)
                .putIfPresent("planId", planId)
                .putIfPresent("maxTransactions", maxTransactions)
                .build();
    }
}
