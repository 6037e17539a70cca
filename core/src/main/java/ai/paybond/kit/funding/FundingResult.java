package ai.paybond.kit.funding;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.harbor.FundRequest;
import ai.paybond.kit.harbor.FundedIntent;
import java.util.Objects;

/** How funding ended, or that it has not ended yet. */
public sealed interface FundingResult {

    /** What Harbor said last. */
    FundedIntent last();

    /** Money stands behind the intent, and its payee's capability has been issued. */
    record Funded(FundedIntent last, CapabilityToken capabilityToken) implements FundingResult {
        public Funded {
            Objects.requireNonNull(last, "last");
            Objects.requireNonNull(capabilityToken, "capabilityToken");
        }
    }

    /** Money stands behind the intent, and Harbor has not said a capability. Ask again before anything is guarded. */
    record FundedWithoutToken(FundedIntent last) implements FundingResult {
        public FundedWithoutToken {
            Objects.requireNonNull(last, "last");
        }
    }

    /**
     * The rail is still at work, Harbor could not be reached, or the thread was interrupted. A payment that was signed may yet
     * be taken: go on with {@link Funding#resume}, and do not have another one signed.
     */
    record Pending(FundedIntent last, Payment payment) implements FundingResult {
        public Pending {
            Objects.requireNonNull(last, "last");
            Objects.requireNonNull(payment, "payment");
        }
    }

    /**
     * The rail will not take it.
     *
     * @param code {@code funding.rail_failed} for a final status of the rail, {@code funding.payment_refused} when a payment was
     *     answered with another challenge
     */
    record Refused(FundedIntent last, String code) implements FundingResult {
        public Refused {
            Objects.requireNonNull(last, "last");
            Objects.requireNonNull(code, "code");
        }
    }

    /** What was shown to Harbor as payment, which may be nothing. {@link #toString()} hides it. */
    final class Payment {
        private final FundRequest request;
        private final String rail;

        Payment(FundRequest request, String rail) {
            this.request = request;
            this.rail = rail;
        }

        FundRequest request() {
            return request;
        }

        String rail() {
            return rail;
        }

        /** Whether something was signed. */
        public boolean signed() {
            return request.paymentSignature() != null || request.paymentAuthorization() != null;
        }

        @Override
        public String toString() {
            return "Payment[rail=" + rail + ", signed=" + signed() + "]";
        }
    }
}
