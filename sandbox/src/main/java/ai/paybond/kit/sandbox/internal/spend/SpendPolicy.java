package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant allows its agents beyond what a capability allows. Amounts are cents; an unset limit is the largest
 * amount, an unset anomaly looks for nothing.
 *
 * @param mode {@code enforce}, or {@code observe} which only reports its reasons
 * @param approvalQuorum how many operators have to approve what is held
 * @param amountSpikeFactor how many times the usual amount is unusual; 0 is never
 * @param rapidAuthCount how many allowed calls within {@code rapidAuthWindow} are too many; 0 is never
 * @param capProximityPercent how much of the daily cap is close to it; 0 is never
 */
record SpendPolicy(
        long version,
        String mode,
        long approvalThresholdCents,
        long approvalQuorum,
        long maxSpendCents,
        long dailyCapCents,
        boolean holdNewVendors,
        long amountSpikeFactor,
        long rapidAuthCount,
        Duration rapidAuthWindow,
        long capProximityPercent) {
    private static final Set<String> MODES = Set.of("enforce", "observe");
    private static final long DAY_SECONDS = 86_400;

    static SpendPolicy byDefault(long approvalThresholdCents) {
        return new SpendPolicy(
                1,
                "enforce",
                approvalThresholdCents,
                1,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                false,
                0,
                0,
                Duration.ofMinutes(1),
                0);
    }

    /** @throws ApiException 400 for what is no policy */
    static SpendPolicy of(JsonObject body, long version) {
        Members members = new Members(body);
        String mode = members.optionalText("mode").orElse("enforce");
        if (!MODES.contains(mode)) {
            throw ApiException.invalid("mode must be enforce or observe.");
        }
        Members anomalies = new Members(members.optionalObject("anomalies")
                .orElseGet(() -> JsonObject.builder().build()));
        return new SpendPolicy(
                version,
                mode,
                number(members, "approval_threshold_cents", Long.MAX_VALUE, Long.MAX_VALUE),
                Math.max(1, number(members, "approval_quorum", 1, 10)),
                number(members, "max_spend_cents", Long.MAX_VALUE, Long.MAX_VALUE),
                number(members, "daily_cap_cents", Long.MAX_VALUE, Long.MAX_VALUE),
                anomalies.optionalBool("new_vendor").orElse(false),
                number(anomalies, "amount_spike_factor", 0, 1000),
                number(anomalies, "rapid_auth_count", 0, 1000),
                Duration.ofSeconds(number(anomalies, "rapid_auth_window_seconds", 60, DAY_SECONDS)),
                number(anomalies, "cap_proximity_percent", 0, 100));
    }

    private static long number(Members members, String name, long absent, long max) {
        long value = members.optionalInteger(name).orElse(absent);
        if (value < 0 || value > max) {
            throw ApiException.invalid(name + " is out of range.");
        }
        return value;
    }

    boolean enforces() {
        return mode.equals("enforce");
    }

    /** Whether what was spent within a day matters; adding it up reads every spend of that day. */
    boolean capsDays() {
        return dailyCapCents != Long.MAX_VALUE;
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("mode", mode)
                .put("policy_version", version)
                .putIfPresent("approval_threshold_cents", limit(approvalThresholdCents))
                .put("approval_quorum", approvalQuorum)
                .putIfPresent("max_spend_cents", limit(maxSpendCents))
                .putIfPresent("daily_cap_cents", limit(dailyCapCents))
                .put(
                        "anomalies",
                        JsonObject.builder()
                                .put("new_vendor", holdNewVendors)
                                .put("amount_spike_factor", amountSpikeFactor)
                                .put("rapid_auth_count", rapidAuthCount)
                                .put("rapid_auth_window_seconds", rapidAuthWindow.toSeconds())
                                .put("cap_proximity_percent", capProximityPercent)
                                .build())
                .build();
    }

    private static @Nullable Long limit(long cents) {
        return cents == Long.MAX_VALUE ? null : Long.valueOf(cents);
    }
}
