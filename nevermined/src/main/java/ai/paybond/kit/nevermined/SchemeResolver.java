package ai.paybond.kit.nevermined;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a plan's payment scheme from its public description and remembers it for five minutes, for at most 1,000 plans. Safe
 * for use by many threads.
 */
public final class SchemeResolver {
    private static final Logger log = LoggerFactory.getLogger(SchemeResolver.class);
    private static final Duration KEPT_FOR = Duration.ofMinutes(5);
    private static final int MAX_PLANS = 1_000;

    private final Function<String, JsonObject> plans;
    private final NeverminedEnvironment environment;
    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_PLANS;
        }
    };

    /** @param plans brings the description of a plan, or throws a {@link PaybondException} */
    public SchemeResolver(Function<String, JsonObject> plans, NeverminedEnvironment environment, Clock clock) {
        this.plans = plans;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * The scheme of a plan. A plan that cannot be looked up is taken for a crypto plan and asked for again next time; if that
     * is wrong the backend refuses the payment.
     */
    public PaymentScheme resolve(String planId) {
        return remembered(planId).orElseGet(() -> lookUp(planId));
    }

    private PaymentScheme lookUp(String planId) {
        JsonObject plan;
        try {
            plan = plans.apply(planId);
        } catch (PaybondException e) {
            log.warn("plan cannot be looked up ({}), taken for a crypto plan", e.code());
            return PaymentScheme.crypto(environment);
        }
        PaymentScheme scheme = of(plan);
        remember(planId, scheme);
        return scheme;
    }

    private PaymentScheme of(JsonObject plan) {
        boolean isCard = !plan.object("registry")
                .flatMap(registry -> registry.object("price"))
                .flatMap(price -> price.bool("isCrypto"))
                .orElse(true);
        if (!isCard) {
            return PaymentScheme.crypto(environment);
        }
        return plan.object("metadata")
                .flatMap(metadata -> metadata.object("plan"))
                .flatMap(described -> described.string("fiatPaymentProvider"))
                .map(PaymentScheme::card)
                .orElseGet(() -> PaymentScheme.usual(PaymentScheme.CARD, environment));
    }

    private Optional<PaymentScheme> remembered(String planId) {
        Instant now = clock.instant();
        synchronized (known) {
            @Nullable Known entry = known.get(planId);
            return entry != null && now.isBefore(entry.until) ? Optional.of(entry.scheme) : Optional.empty();
        }
    }

    private void remember(String planId, PaymentScheme scheme) {
        Instant until = clock.instant().plus(KEPT_FOR);
        synchronized (known) {
            known.put(planId, new Known(scheme, until));
        }
    }

    private record Known(PaymentScheme scheme, Instant until) {}
}
