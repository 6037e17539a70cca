package ai.paybond.kit.examples.hotel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why the hotel turned a request away. In every case nothing was booked and nothing was charged. */
public enum BookingRefusal {
    BAD_REQUEST(400),
    NO_SUCH_CITY(404),
    NO_SUCH_BOOKING(404),
    SOLD_OUT(409),
    PRICE_ABOVE_LIMIT(409);

    private final int status;

    BookingRefusal(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The code on the wire, for example {@code sold_out}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<BookingRefusal> ofCode(String code) {
        return Arrays.stream(values())
                .filter(refusal -> refusal.code().equals(code))
                .findFirst();
    }
}
