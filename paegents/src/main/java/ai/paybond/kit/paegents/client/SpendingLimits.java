package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigDecimal;
import java.util.Optional;

/** Spending limits, in whole currency units with decimals as Paegents has them. Thread-safe. */
public final class SpendingLimits {
    private final Backend backend;

    SpendingLimits(Backend backend) {
        this.backend = backend;
    }

    /** The owner's limits and what was spent of them. */
    public record Limits(JsonObject raw) {
        public Optional<BigDecimal> daily() {
            return Members.decimal(raw, "daily_limit");
        }

        public Optional<BigDecimal> monthly() {
            return Members.decimal(raw, "monthly_limit");
        }

        public Optional<BigDecimal> spentToday() {
            return Members.decimal(raw, "current_daily_spent");
        }

        public Optional<BigDecimal> spentThisMonth() {
            return Members.decimal(raw, "current_monthly_spent");
        }
    }

    /** What an agent has left. */
    public record Balance(JsonObject raw) {
        public Optional<BigDecimal> dailyRemaining() {
            return Members.decimal(raw, "daily_remaining");
        }

        public Optional<BigDecimal> monthlyRemaining() {
            return Members.decimal(raw, "monthly_remaining");
        }

        public Optional<BigDecimal> dailySpent() {
            return Members.decimal(raw, "daily_spent");
        }
    }

    /** SDK: {@code get_spending_limits_owner}; needs the owner's word. */
    public Limits get() {
        return new Limits(backend.get("spending", "limits").asOwner().object());
    }

    /** SDK: {@code update_spending_limits_owner}; needs the owner's word. */
    public void update(BigDecimal daily, BigDecimal monthly) {
        JsonObject body = JsonObject.builder()
                .put("daily_limit", new JsonNumber(daily.toPlainString()))
                .put("monthly_limit", new JsonNumber(monthly.toPlainString()))
                .build();
        backend.put("spending", "limits").asOwner().json(body).anything();
    }

    /** SDK: {@code check_balance}. */
    public Balance balance() {
        return new Balance(backend.get("mcp", "balance", backend.agentId()).object());
    }
}
