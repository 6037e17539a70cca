package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.ConfigurationException;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A route that is sold.
 *
 * @param planIds the plans that pay, any one of them
 * @param agentId the agent that sells, or null
 * @param credits what a request costs, found once before the work
 * @param description what is sold, for people, or null
 * @param settleWhen when the payer is charged
 */
public record PaidRoute(
        RoutePattern pattern,
        List<String> planIds,
        @Nullable String agentId,
        RequestCredits credits,
        @Nullable String description,
        SettleWhen settleWhen) {
    /** Says what a request costs. One that throws or gives a negative number has the request refused. */
    @FunctionalInterface
    public interface RequestCredits {
        /** The credits; 0 only verifies. */
        BigInteger of(String method, String path, @Nullable String query);
    }

    /** When the payer of a response that is not streamed is charged. Streamed ones are charged after they were sent. */
    public enum SettleWhen {
        /**
         * Before the first byte, so that the receipt travels in the {@code payment-response} header and an unpaid answer can be
         * withheld. If the client turns out to be gone, it was charged for an answer it did not get; listeners are told.
         */
        BEFORE_HEADERS,
        /** After the last byte went out without an error; the receipt is a trailer where the server can send one. */
        AFTER_DELIVERY
    }

    /** @throws ConfigurationException {@code plan.missing} if there is no plan */
    public PaidRoute {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(credits, "credits");
        Objects.requireNonNull(settleWhen, "settleWhen");
        planIds = List.copyOf(planIds);
        if (planIds.isEmpty()) {
            throw new ConfigurationException("plan.missing", "a route is sold by at least one plan");
        }
    }

    /** Sold by one plan for this many credits a request. */
    public static PaidRoute of(String method, String template, String planId, long credits) {
        BigInteger fixed = BigInteger.valueOf(credits);
        return new PaidRoute(
                RoutePattern.of(method, template),
                List.of(planId),
                null,
                (verb, path, query) -> fixed,
                null,
                SettleWhen.BEFORE_HEADERS);
    }

    /** The same, sold by this agent. */
    public PaidRoute by(String sellingAgent) {
        return new PaidRoute(pattern, planIds, sellingAgent, credits, description, settleWhen);
    }

    /** The same at a price that depends on the request. */
    public PaidRoute costing(RequestCredits computed) {
        return new PaidRoute(pattern, planIds, agentId, computed, description, settleWhen);
    }

    /** The same, charged for at another time. */
    public PaidRoute settling(SettleWhen when) {
        return new PaidRoute(pattern, planIds, agentId, credits, description, when);
    }
}
