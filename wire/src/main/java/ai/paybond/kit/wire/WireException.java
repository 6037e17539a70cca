package ai.paybond.kit.wire;

import java.util.Objects;

/**
 * A value that cannot be put on the wire, or bytes that are not what they claim to be. The {@link #code()} is stable
 * and meant for programs; neither code nor message ever contains the refused value. Codes are {@code object.reason} in
 * lower case, such as {@code mandate.expired}, or {@code object.member} for a member that is missing or malformed.
 */
public class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** A refusal; neither text may hold anything of what is refused. */
    public WireException(String code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** A stable reason such as {@code artifact.hex}, {@code tools.empty} or {@code uuid.invalid}. */
    public final String code() {
        return code;
    }
}
