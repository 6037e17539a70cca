package ai.paybond.kit.journal;

import ai.paybond.kit.PaybondException;

/**
 * Thrown by a {@link DeliveryTarget} when repeating the same request can never succeed. The entry is parked for a
 * person; every other exception means "try again later".
 */
public final class DeliveryRejectedException extends PaybondException {
    private static final long serialVersionUID = 1L;

    /**
     * @param code the authority's stable code
     * @param message for people; no secrets and no reply body
     */
    public DeliveryRejectedException(String code, String message) {
        super(code, message);
    }
}
