package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.Verification;

/**
 * Watches payments, for logs, metrics and traces. Never steers: what it throws is logged and dropped. Called on the thread that makes
 * the call; must be thread-safe. It is never shown a token.
 */
public interface ChargeListener {

    /** Nevermined is about to be asked. */
    default void beforeVerify(PaymentRequired required) {}

    /** Nevermined answered, or did not. */
    default void afterVerify(PaymentRequired required, Verification answer) {}

    /** A call was not admitted, for whatever reason. */
    default void refused(Admission.Refused refusal) {}

    /** A settle came out. Not told when a repetition was absorbed. */
    default void afterSettle(Grant grant, Settlement settlement) {}

    /** The payer was charged, and the answer could not be sent to the caller. For a person. */
    default void undelivered(Grant grant) {}
}
