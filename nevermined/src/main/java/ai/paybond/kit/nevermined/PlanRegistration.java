package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;

/**
 * A plan to register.
 *
 * @param metadata {@code name} and what else describes it
 * @param isTrialPlan whether an account may take it only once
 */
public record PlanRegistration(JsonObject metadata, PriceConfig price, CreditsConfig credits, boolean isTrialPlan) {
    /** @throws NeverminedException {@code validation} for a time plan whose calls burn a fixed number of credits */
    public PlanRegistration {
        if (!credits.duration().isZero() && credits.isRedemptionAmountFixed()) {
            throw NeverminedException.validation("a plan for a time does not burn a fixed number of credits");
        }
    }

    /** A credits plan. */
    public static PlanRegistration named(String name, PriceConfig price, CreditsConfig credits) {
        return new PlanRegistration(JsonObject.builder().put("name", name).build(), price, credits, false);
    }

    /** A plan that an account may take only once. */
    public PlanRegistration asTrial() {
        return new PlanRegistration(metadata, price, credits, true);
    }

    /** {@code credits} for credits that do not expire, {@code time} for a period. */
    public String accessLimit() {
        return credits.duration().equals(Duration.ZERO) ? "credits" : "time";
    }

    /** The body of the call. The nonce makes the plan's id unique: 128 random bits. */
    public JsonObject toJson(BigInteger nonce) {
        return JsonObject.builder()
                .putAll(described())
                .put("nonce", Amounts.text(nonce, "nonce"))
                .put("isTrialPlan", isTrialPlan)
                .put("accessLimit", accessLimit())
                .putIfPresent("currency", price.currency())
                .build();
    }

    /** The form inside a registration of agent and plan. */
    JsonObject toJsonWithAgent() {
        return JsonObject.builder()
                .putAll(described())
                .put("accessLimit", accessLimit())
                .build();
    }

    private JsonObject described() {
        return JsonObject.builder()
                .put("metadataAttributes", metadata)
                .put("priceConfig", price.toJson())
                .put("creditsConfig", credits.toJson())
                .build();
    }
}
