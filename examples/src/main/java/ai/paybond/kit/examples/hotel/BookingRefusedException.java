package ai.paybond.kit.examples.hotel;

/**
 * The hotel answered, and the answer is no. It says that nothing happened, which is what lets a guard release the spend
 * that it had reserved; compare an {@link java.io.IOException}, after which nobody knows.
 */
public final class BookingRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final BookingRefusal refusal;
    private final String explanation;

    BookingRefusedException(BookingRefusal refusal, String message) {
        super(message);
        this.refusal = refusal;
        this.explanation = message;
    }

    /** The reason. */
    public BookingRefusal refusal() {
        return refusal;
    }

    /** The hotel's words for it. */
    public String explanation() {
        return explanation;
    }
}
