package ai.paybond.kit.guard;

import ai.paybond.kit.PaybondException;

/**
 * Thrown by a {@link ToolAuthority} that could not be reached at all: no connection, or no reply in time. It is the one
 * failure on which an {@link OfflineAllowance} may be used. A reply of any kind is something else, be it an error of the
 * server; whoever throws this vouches for the difference.
 */
public final class AuthorityUnreachableException extends PaybondException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message for people; no secrets
     * @param cause what the network said
     */
    public AuthorityUnreachableException(String message, Throwable cause) {
        super(GuardCodes.AUTHORITY_UNREACHABLE, message, cause);
    }
}
