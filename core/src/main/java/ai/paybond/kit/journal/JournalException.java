package ai.paybond.kit.journal;

import ai.paybond.kit.PaybondException;
import org.jspecify.annotations.Nullable;

/** The journal could not keep or find an entry. Before a tool runs this denies the call. */
public final class JournalException extends PaybondException {
    private static final long serialVersionUID = 1L;

    /**
     * @param code a stable code, such as {@code journal.full}
     * @param message for the operator
     * @param cause what the store said
     */
    public JournalException(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
