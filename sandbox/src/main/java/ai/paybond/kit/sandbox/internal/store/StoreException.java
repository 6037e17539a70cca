package ai.paybond.kit.sandbox.internal.store;

/** The store could not do what it was asked; the transaction was rolled back. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
