package ai.paybond.kit.guard;

import ai.paybond.kit.journal.DeliveryTarget;

/**
 * The rail behind a guard: who grants a spend, is told what became of it, and receives the evidence. Thread-safe.
 *
 * <p>Direct Harbor sessions make no spend decision; there {@link Decision.Allowed#decisionId()} is null, nothing is held,
 * and {@link DeliveryTarget#complete} is never called.
 */
public interface ToolAuthority extends DeliveryTarget {

    /**
     * Asks whether a call may run, and reserves its spend if so. A refusal is an answer and not an exception.
     *
     * @throws RuntimeException when no answer was had; the guard denies with {@code authority.unreachable}, or, for a
     *     {@link ai.paybond.kit.PaybondException}, with that one's code
     */
    Decision authorize(AuthorizationRequest request);
}
