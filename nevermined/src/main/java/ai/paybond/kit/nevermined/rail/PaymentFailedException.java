package ai.paybond.kit.nevermined.rail;

import ai.paybond.kit.PaybondException;

/** A tool ran, its payer was not charged, and the result is kept back. {@link #code()} says how charging came out. */
public final class PaymentFailedException extends PaybondException {
    private static final long serialVersionUID = 1L;

    PaymentFailedException(String code) {
        super(code, "the call ran and was not paid; its result is withheld");
    }
}
