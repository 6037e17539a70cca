package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;

/**
 * What a plan gives, and how calls burn it.
 *
 * @param isRedemptionAmountFixed whether every call costs the same
 * @param redemptionType who may burn: 0 a global role, 1 the owner, 2 a role on the plan, 4 the subscriber
 * @param onchainMirror whether balances are mirrored on chain
 * @param duration how long the credits last; zero for ever
 * @param amount the credits of one purchase
 * @param minAmount the least a call burns
 * @param maxAmount the most a call burns
 */
public record CreditsConfig(
        boolean isRedemptionAmountFixed,
        int redemptionType,
        boolean onchainMirror,
        Duration duration,
        BigInteger amount,
        BigInteger minAmount,
        BigInteger maxAmount) {
    /** The subscriber burns. */
    public static final int ONLY_SUBSCRIBER = 4;

    /** @throws NeverminedException {@code validation} if the least is above the most */
    public CreditsConfig {
        if (minAmount.compareTo(maxAmount) > 0) {
            throw NeverminedException.validation("minAmount is above maxAmount");
        }
    }

    /** Credits that do not expire, the same number burned by every call. */
    public static CreditsConfig fixed(BigInteger amount, BigInteger perCall) {
        return new CreditsConfig(true, ONLY_SUBSCRIBER, false, Duration.ZERO, amount, perCall, perCall);
    }

    /** Credits that do not expire, between {@code least} and {@code most} burned by a call. */
    public static CreditsConfig dynamic(BigInteger amount, BigInteger least, BigInteger most) {
        return new CreditsConfig(false, ONLY_SUBSCRIBER, false, Duration.ZERO, amount, least, most);
    }

    /** Access for a time, however many calls are made in it. */
    public static CreditsConfig lasting(Duration time) {
        if (time.toSeconds() < 1) {
            throw NeverminedException.validation("a time plan lasts for at least a second");
        }
        return new CreditsConfig(false, ONLY_SUBSCRIBER, false, time, BigInteger.ONE, BigInteger.ONE, BigInteger.ONE);
    }

    /** One credit bought and burned by each call. */
    public static CreditsConfig payAsYouGo() {
        return fixed(BigInteger.ONE, BigInteger.ONE);
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("isRedemptionAmountFixed", isRedemptionAmountFixed)
                .put("redemptionType", redemptionType)
                .put("onchainMirror", onchainMirror)
                .put("durationSecs", Long.toString(duration.toSeconds()))
                .put("amount", Amounts.text(amount, "amount"))
                .put("minAmount", Amounts.text(minAmount, "minAmount"))
                .put("maxAmount", Amounts.text(maxAmount, "maxAmount"))
                .build();
    }
}
