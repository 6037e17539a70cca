package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondException;
import org.jspecify.annotations.Nullable;

/**
 * No reply came back after all attempts: connection refused, name unknown, connection lost, or time up. The server may
 * or may not have acted; a write can be repeated safely with the same idempotency key.
 */
public final class HarborUnreachableException extends PaybondException {
    private static final long serialVersionUID = 1L;

    /** See {@link PaybondException#PaybondException(String, String, Throwable)}. */
    public HarborUnreachableException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
