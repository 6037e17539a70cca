package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.Verification.Denied;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the work may be done: one of two. */
public sealed interface Admission {

    /** It may, and its credits are reserved here until the grant is charged or released. */
    record Admitted(Grant grant) implements Admission {
        public Admitted {
            Objects.requireNonNull(grant, "grant");
        }
    }

    /**
     * It must not.
     *
     * @param code a code of {@link ChargeCodes}, or the backend's in lower case, such as {@code bck.x402.0005}
     * @param message for people: fixed words, never the backend's
     * @param required what would pay, with the message as its error
     * @param retryable whether the same token may be admitted later
     * @param denial the backend's answer, if it was asked
     */
    record Refused(
            String code,
            String message,
            PaymentRequired required,
            boolean retryable,
            @Nullable Denied denial) implements Admission {
        public Refused {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(required, "required");
        }
    }
}
