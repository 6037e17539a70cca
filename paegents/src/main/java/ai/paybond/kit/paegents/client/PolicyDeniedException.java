package ai.paybond.kit.paegents.client;

/**
 * The owner's policy forbids it, whatever the status of the reply was. Not retryable: only the owner can change it. The
 * policy's rule is in {@link #detail()}.
 */
public final class PolicyDeniedException extends PaegentsApiException {
    private static final long serialVersionUID = 1L;

    PolicyDeniedException(String request, ApiError error) {
        super(request, error, false);
    }
}
