package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/**
 * What the backend says about a settlement. Report {@link #creditsRedeemed()}, not what was asked for: the plan decides.
 *
 * @param json the whole object; members this kit does not know are kept
 */
public record SettlementReceipt(JsonObject json) {
    /** The response header that carries a receipt. */
    public static final String HEADER = "payment-response";

    public SettlementReceipt {
        Objects.requireNonNull(json, "json");
    }

    /** Reads the value of a {@link #HEADER}; empty if it is not base64 of a JSON object. */
    public static Optional<SettlementReceipt> fromHeader(String value) {
        return Base64Json.decode(value).map(SettlementReceipt::new);
    }

    /** Whether it says success; false if it does not say. */
    public boolean success() {
        return json.bool("success").orElse(false);
    }

    /** The backend's free text on a failure. */
    public Optional<String> errorReason() {
        return json.string("errorReason");
    }

    /** The payer's address or customer id. */
    public Optional<String> payer() {
        return json.string("payer");
    }

    /** The transaction that burned the credits; empty text counts as none. */
    public Optional<String> transaction() {
        return json.string("transaction").filter(text -> !text.isEmpty());
    }

    /** The network it ran on. */
    public Optional<String> network() {
        return json.string("network");
    }

    /** The credits really burned. */
    public Optional<BigInteger> creditsRedeemed() {
        return Amounts.read(json, "creditsRedeemed");
    }

    /** The credits left on the plan. */
    public Optional<BigInteger> remainingBalance() {
        return Amounts.read(json, "remainingBalance");
    }

    /** The order that bought more credits first, if one was needed. */
    public Optional<String> orderTransaction() {
        return json.string("orderTx");
    }

    /** The value of a {@link #HEADER}: standard base64 of {@link #json()}. */
    public String toHeader() {
        return Base64Json.standard(json);
    }
}
