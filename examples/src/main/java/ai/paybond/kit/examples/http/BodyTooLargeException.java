package ai.paybond.kit.examples.http;

/** The request's body is longer than the service reads. */
public final class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(int limitBytes) {
        super("The request body is longer than " + limitBytes + " bytes.");
    }
}
