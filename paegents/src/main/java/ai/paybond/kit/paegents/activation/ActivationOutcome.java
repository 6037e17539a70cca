package ai.paybond.kit.paegents.activation;

import org.jspecify.annotations.Nullable;

/** How an activation stands when the flow returns. Run again after any but {@link Active}. */
public sealed interface ActivationOutcome {

    /** On the chain and usable. */
    record Active(@Nullable String transaction) implements ActivationOutcome {}

    /** Submitted, and Paegents still calls it ready: it never took up what was sent. */
    record StillReady() implements ActivationOutcome {}

    /** Taken up, but without a transaction for the whole time: a fault on Paegents' side, not the chain's slowness. */
    record StuckSubmitting() implements ActivationOutcome {}

    /** Refused by the chain or by Paegents. Running again signs anew. */
    record Failed(String activationStatus) implements ActivationOutcome {}

    /** There is a transaction that was not confirmed in time, or Paegents could not be asked. */
    record TimedOut(@Nullable String transaction) implements ActivationOutcome {}
}
