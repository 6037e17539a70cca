package ai.paybond.kit.journal;

import ai.paybond.kit.PaybondException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The authority cannot take something now and has said how long it wants to be left alone. */
public final class DeliveryPostponedException extends PaybondException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * @param code a stable code, such as the authority's
     * @param message for people; no secrets and no reply body
     * @param retryAfter how long to wait at least
     * @param cause what the authority answered
     */
    public DeliveryPostponedException(String code, String message, Duration retryAfter, @Nullable Throwable cause) {
        super(code, message, cause);
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter");
    }

    /** How long to wait at least. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
