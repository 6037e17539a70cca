package ai.paybond.kit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of every exception this kit throws. Branch on the subclass or on {@link #code()}, never on the message.
 *
 * <p>Neither the message nor the code ever holds an API key, a token, a seed or the body of an HTTP reply, so both may be
 * logged.
 */
public class PaybondException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code a stable dotted code, such as {@code reply.not_json}
     * @param message for people; no secrets
     */
    public PaybondException(String code, String message) {
        this(code, message, null);
    }

    /**
     * @param code a stable dotted code, such as {@code reply.not_json}
     * @param message for people; no secrets
     * @param cause what went wrong below, if it is safe to log
     */
    public PaybondException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** The stable reason, fit for branching, metrics and alerts. */
    public final String code() {
        return code;
    }
}
