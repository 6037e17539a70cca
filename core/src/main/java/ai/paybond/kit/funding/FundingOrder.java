package ai.paybond.kit.funding;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.commerce.Payments;
import java.math.BigInteger;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the payer agreed to pay, and the measure of every challenge. All rails that challenge settle in US dollars.
 *
 * @param intentId the intent's UUID
 * @param amountCents the whole amount of the intent, in cents; at least 1
 * @param network where USDC is paid; default {@link UsdcNetwork#BASE}
 * @param payTo the only address that may be paid by x402; default: any, as the server names it
 */
public record FundingOrder(
        String intentId,
        long amountCents,
        UsdcNetwork network,
        @Nullable String payTo) {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

    /** @throws ConfigurationException {@code intent_id.invalid}, {@code amount.invalid} or {@code address.invalid} */
    public FundingOrder {
        Objects.requireNonNull(network, "network");
        if (!UuidText.isValid(intentId)) {
            throw new ConfigurationException("intent_id.invalid", "the intent id is not a UUID");
        }
        if (amountCents < 1) {
            throw new ConfigurationException("amount.invalid", "an order is for at least one cent");
        }
        if (payTo != null && !ADDRESS.matcher(payTo).matches()) {
            throw new ConfigurationException("address.invalid", "the receiver is not 0x and 40 hexadecimal digits");
        }
    }

    /** An order on the default network, whoever the server says is to be paid. */
    public static FundingOrder usd(String intentId, long amountCents) {
        return new FundingOrder(intentId, amountCents, UsdcNetwork.BASE, null);
    }

    /** Paid to this address or not at all. */
    public FundingOrder payTo(String address) {
        return new FundingOrder(intentId, amountCents, network, address);
    }

    /** Paid on this network or not at all. */
    public FundingOrder on(UsdcNetwork other) {
        return new FundingOrder(intentId, amountCents, other, payTo);
    }

    /** The amount in base units of USDC, of which a cent has 10000. */
    BigInteger baseUnits() {
        return Payments.usdcBaseUnits(amountCents);
    }
}
