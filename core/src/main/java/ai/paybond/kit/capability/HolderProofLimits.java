package ai.paybond.kit.capability;

import java.time.Duration;

/**
 * For how long a holder's proof is good, and how many are remembered so that each is accepted once. Nothing is forgotten
 * before it could no longer be accepted: when the memory is full, further proofs are refused.
 *
 * @param maxAge how old a proof may be; default 60 s
 * @param maxSkew how far the holder's clock may differ, either way; default 5 s
 * @param maxProofs proofs of one holder that are remembered at a time; default 4096
 * @param maxHolders holders of whom proofs are remembered at a time; default 1024
 */
public record HolderProofLimits(Duration maxAge, Duration maxSkew, int maxProofs, int maxHolders) {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** The documented defaults. */
    public static final HolderProofLimits DEFAULT =
            new HolderProofLimits(Duration.ofSeconds(60), Duration.ofSeconds(5), 4_096, 1_024);

    /**
     * Checks each limit.
     *
     * @throws IllegalArgumentException when the age is below a second or above an hour, the skew is negative or above an
     *     hour, or a count is not positive
     */
    public HolderProofLimits {
        if (maxAge.compareTo(Duration.ofSeconds(1)) < 0 || maxAge.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a proof is good for a second at least and an hour at most");
        }
        if (maxSkew.isNegative() || maxSkew.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("clocks differ by nothing at least and an hour at most");
        }
        if (maxProofs < 1 || maxHolders < 1) {
            throw new IllegalArgumentException("at least one proof of one holder is remembered");
        }
    }
}
