package ai.paybond.kit.nevermined;

/** Verify before the work, settle after it. {@link Facilitator} asks Nevermined; tests may answer themselves. Thread-safe. */
public interface PaymentFacilitator {
    /** Asks whether the payer may be charged; every failure is a denial, not an exception. */
    Verification verify(VerifyRequest request);

    /** Charges the payer: sent once, never repeated. */
    Settlement settle(SettleRequest request);
}
