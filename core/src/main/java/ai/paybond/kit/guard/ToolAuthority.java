package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.journal.DeliveryTarget;
import org.jspecify.annotations.Nullable;

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
     * @throws AuthorityUnreachableException when it could not be reached at all, if the implementation can tell; the one
     *     failure on which an {@link OfflineAllowance} may be used
     * @throws RuntimeException when no answer was had; the guard denies with {@code authority.unreachable}, or, for a
     *     {@link ai.paybond.kit.PaybondException}, with that one's code
     */
    Decision authorize(AuthorizationRequest request);

    /**
     * What the caller gets in place of the result of a call that ran, for rails that sell results and were not paid. Asked
     * once per call, after the first try to complete its spend. By default results are never kept back; if this throws, the
     * result is given.
     *
     * @param receipt how the call stands now
     * @return the exception that the outcome shows as the tool's own, or null to give the result
     */
    default @Nullable PaybondException withheld(CallReceipt receipt) {
        return null;
    }
}
