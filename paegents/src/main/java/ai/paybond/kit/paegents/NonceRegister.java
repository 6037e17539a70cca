package ai.paybond.kit.paegents;

import ai.paybond.kit.wire.Digest32;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which message a nonce was used for. A nonce belongs to the first message claimed for it: the same message may be
 * signed again, since that yields the same signature, and another one may not. Implementations are thread-safe; share one
 * that is durable between processes that share a key.
 */
@FunctionalInterface
public interface NonceRegister {
    /**
     * Claims a nonce for a message, atomically.
     *
     * @param scope whose nonce of what, such as an owner and a token on a chain
     * @param digest what would be signed
     * @return false if the nonce belongs to another message
     */
    boolean claim(String scope, String nonce, Digest32 digest);

    /** Keeps every claim until the process ends. */
    static NonceRegister inMemory() {
        Map<String, Digest32> claims = new ConcurrentHashMap<>();
        return (scope, nonce, digest) -> {
            Digest32 earlier = claims.putIfAbsent(scope + " " + nonce, digest);
            return earlier == null || earlier.equals(digest);
        };
    }
}
