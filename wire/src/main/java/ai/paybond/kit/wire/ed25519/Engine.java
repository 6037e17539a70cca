package ai.paybond.kit.wire.ed25519;

/** The arithmetic. Only {@link StrictChecks} stands between callers and an engine; keys and signatures have passed it. */
interface Engine {
    PublicHalf publicHalf(byte[] key);

    PrivateHalf privateHalf(byte[] seed);

    /** A decoded public key. Thread-safe. */
    interface PublicHalf {
        boolean verify(byte[] message, byte[] signature);
    }

    /** A decoded seed. Thread-safe. */
    interface PrivateHalf {
        byte[] publicKey();

        byte[] sign(byte[] message);
    }
}
