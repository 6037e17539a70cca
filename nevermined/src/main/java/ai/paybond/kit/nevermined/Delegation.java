package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A spending limit as the backend lists it.
 *
 * @param json the whole object
 */
public record Delegation(JsonObject json) {
    /** Its id. */
    public Optional<String> delegationId() {
        return json.string("delegationId");
    }

    /** Who pays out. */
    public Optional<String> provider() {
        return json.string("provider");
    }

    /** True for {@code Active}; exhausted, expired and revoked ones are not, nor is a status nobody knows. */
    public boolean isActive() {
        return json.string("status").map("Active"::equals).orElse(false);
    }

    /** The limit in hundredths of the currency. */
    public Optional<BigInteger> spendingLimitCents() {
        return Amounts.read(json, "spendingLimitCents");
    }

    /** What is spent, in hundredths of the currency. */
    public Optional<BigInteger> amountSpentCents() {
        return Amounts.read(json, "amountSpentCents");
    }

    /** What is left, in hundredths of the currency. */
    public Optional<BigInteger> remainingBudgetCents() {
        return Amounts.read(json, "remainingBudgetCents");
    }

    /** The currency, in lower case. */
    public Optional<String> currency() {
        return json.string("currency");
    }
}
