package ai.paybond.kit.paegents.activation;

import ai.paybond.kit.paegents.client.Escrows.EscrowStatus;
import ai.paybond.kit.paegents.escrow.ActivationPackage;

/** Watches an activation. What it throws is dropped. */
public interface ActivationListener {

    /** A package was fetched and is about to be checked. */
    default void fetched(String agreementId, ActivationPackage proposed) {}

    /** Everything was signed and kept; nothing was sent yet. */
    default void signed(String agreementId) {}

    /** What was kept by an earlier run is taken up. */
    default void resumed(String agreementId) {}

    /** Paegents took it. */
    default void submitted(String agreementId) {}

    /** Paegents was asked how it stands. */
    default void polled(String agreementId, EscrowStatus status) {}
}
