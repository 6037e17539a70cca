package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondException;
import org.jspecify.annotations.Nullable;

/**
 * A reply came back that cannot be used: it is not JSON, cut short, over the size limit, or lacks a member that the
 * operation promises. Nothing in such a reply is believed. Not retried.
 *
 * <p>Codes: {@code reply.not_json}, {@code reply.too_large}, {@code reply.truncated}, {@code reply.missing_member},
 * {@code reply.wrong_type}, {@code reply.redirect}, {@code reply.status}.
 */
public final class ProtocolException extends PaybondException {
    private static final long serialVersionUID = 1L;

    /** See {@link PaybondException#PaybondException(String, String)}. */
    public ProtocolException(String code, String message) {
        super(code, message);
    }

    /** See {@link PaybondException#PaybondException(String, String, Throwable)}. */
    public ProtocolException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
