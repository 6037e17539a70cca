package ai.paybond.kit.funding;

/** Pays by the Payment scheme with credentials that the kit never sees. */
@FunctionalInterface
public interface MppSigner {

    /**
     * The credential for a challenge that is what the order agreed to. Asked once per funding.
     *
     * @return one line of printable ASCII, at most 16 KiB, with or without the scheme's name before it
     * @throws RuntimeException when it does not pay; the exception reaches the caller of {@link Funding} as it is
     */
    String authorize(MppChallenge challenge);
}
