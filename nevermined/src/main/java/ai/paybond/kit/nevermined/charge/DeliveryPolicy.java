package ai.paybond.kit.nevermined.charge;

/** What becomes of the result of paid work when charging for it did not go well. */
public enum DeliveryPolicy {
    /** The result is kept back if the payer certainly was not charged, and given if that is unknown or still to come. */
    WITHHOLD_ON_FAILURE,
    /** The result is given only once the payer was charged. */
    WITHHOLD_UNLESS_SETTLED,
    /** The result is always given. */
    DELIVER_ALWAYS
}
