package ai.paybond.kit.funding;

/** Pays by x402 with keys that the kit never sees, such as a wallet's. */
@FunctionalInterface
public interface X402Signer {

    /**
     * The {@code payment-signature} for a challenge that is what the order agreed to. Asked once per funding.
     *
     * @return one line of printable ASCII, at most 16 KiB, usually base64 of an x402 payment payload
     * @throws RuntimeException when it does not pay; the exception reaches the caller of {@link Funding} as it is
     */
    String sign(X402Challenge challenge);
}
