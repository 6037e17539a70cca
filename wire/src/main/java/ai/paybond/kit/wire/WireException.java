package ai.paybond.kit.wire;

import java.util.Objects;

/**
 * A value that cannot be put on the wire, or bytes that are not what they claim to be. The {@link #code()} is stable and
 * meant for programs; neither code nor message ever contains the refused value.
 */
public class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public WireException(String code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** A stable reason such as {@code artifact.hex}, {@code tools.empty} or {@code uuid.invalid}. */
    public final String code() {
        return code;
    }
}
