package ai.paybond.kit.paegents.usdc;

import ai.paybond.kit.paegents.SigningRefusedException;
import java.math.BigInteger;

/** Amounts in USDC's smallest unit, of which one cent has 10,000. Exact: nothing is rounded. */
public final class UsdcAmounts {
    private static final BigInteger PER_CENT = BigInteger.valueOf(10_000);
    private static final BigInteger FEE_PER_CENT = BigInteger.valueOf(200);
    private static final BigInteger FIXED_FEE = BigInteger.valueOf(3_000);
    private static final BigInteger LEAST_FEE = BigInteger.valueOf(100_000);

    private UsdcAmounts() {}

    /** @throws SigningRefusedException {@code paegents.amount} for a negative amount */
    public static BigInteger ofCents(long cents) {
        return nonNegative(cents).multiply(PER_CENT);
    }

    /**
     * Paegents' fee for a direct payment: 2 percent and $0.003, at least $0.10.
     *
     * @throws SigningRefusedException {@code paegents.amount} for a negative amount
     */
    public static BigInteger directPaymentFee(long cents) {
        return nonNegative(cents).multiply(FEE_PER_CENT).add(FIXED_FEE).max(LEAST_FEE);
    }

    private static BigInteger nonNegative(long cents) {
        SigningRefusedException.require(cents >= 0, "paegents.amount", "an amount is not negative");
        return BigInteger.valueOf(cents);
    }
}
