package ai.paybond.kit.sandbox.nevermined;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger.
 *
 * @param credits from 0 up; the kind says which way they went
 * @param agentRequestId the request that burned them, if one did and said so
 * @param transaction unique in this sandbox
 */
public record CreditLine(
        Kind kind,
        String planId,
        String holder,
        BigInteger credits,
        @Nullable String agentRequestId,
        String transaction,
        Instant at) {
    /** Why credits moved. */
    public enum Kind {
        /** Bought. */
        ORDER,
        /** Given by the plan's owner. */
        MINT,
        /** Used by a call. */
        BURN
    }
}
