package ai.paybond.kit.wire.commerce;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import java.math.BigInteger;

/** Amounts and credentials as payment rails write them. Source: Paybond Kit wire format, section 18. */
public final class Payments {
    private static final BigInteger UNITS_PER_CENT = BigInteger.valueOf(10_000);
    private static final String SCHEME = "Payment ";

    private Payments() {}

    /** Cents to base units of USDC: it has six decimals, so a cent is 10000 of them. Never overflows. */
    public static BigInteger usdcBaseUnits(long cents) {
        return BigInteger.valueOf(cents).multiply(UNITS_PER_CENT);
    }

    /**
     * The value of an {@code authorization} header for a payment credential: the scheme is added unless it is there
     * already.
     *
     * @throws WireException {@code payment.credential} when blank
     */
    public static String authorization(String credential) {
        String trimmed = Rules.required(credential, "payment.credential");
        boolean named = Text.lower(trimmed).startsWith(Text.lower(SCHEME));
        return named ? trimmed : SCHEME + trimmed;
    }
}
