package ai.paybond.kit.wire.ed25519;

/** The arithmetic. Only {@link StrictChecks} stands between callers and an engine; keys and signatures have passed it. */
interface Engine {
    /** @throws IllegalArgumentException if the bytes are no point of the curve */
    PublicHalf publicHalf(byte[] key);

    /**
     * The verdict without the cofactor, also where the key or R has a part of small order beside another. False for what is
     * no point. An engine that multiplies by the cofactor has to find such points and to leave them to one that does not.
     */
    default boolean verifies(byte[] key, byte[] message, byte[] signature) {
        try {
            return publicHalf(key).verify(message, signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

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
