package ai.paybond.kit.sandbox.internal.spend;

/** Nothing waits here any more; the approval stands at {@link #status}. */
public final class NotPendingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String status;

    NotPendingException(String status) {
        super("The approval is " + status + ".");
        this.status = status;
    }

    String status() {
        return status;
    }
}
