package ai.paybond.kit.nevermined;

import ai.paybond.kit.PaybondException;
import java.util.Objects;

/** A call was not made because it is not paid for. Carries what would pay; let it through to whoever can answer 402. */
public final class PaymentRequiredException extends PaybondException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final PaymentRequired required;

    /** @param code why the call was refused */
    public PaymentRequiredException(String code, PaymentRequired required) {
        super(code, "payment required");
        this.required = Objects.requireNonNull(required, "required");
    }

    /** What would pay. */
    public PaymentRequired required() {
        return required;
    }
}
