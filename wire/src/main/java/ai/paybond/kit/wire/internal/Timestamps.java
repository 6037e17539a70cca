package ai.paybond.kit.wire.internal;

import ai.paybond.kit.wire.WireException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Points in time as text. */
public final class Timestamps {
    private static final Pattern WHOLE_SECONDS = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT(?:[01]\\d|2[0-3]):\\d\\d:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)");

    private Timestamps() {}

    /** UTC in whole seconds; a fraction is dropped, not rounded. */
    public static String format(Instant instant) {
        return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Reads an RFC 3339 date-time with an offset, or throws {@link WireException} with the given code. */
    public static Instant parse(String text, String code) {
        if (!RFC_3339.matcher(text).matches()) {
            throw new WireException(code, "not an RFC 3339 date-time with an offset");
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new WireException(code, "no such date or time");
        }
    }

    /** True for the one spelling every implementation signs alike: {@code 2030-01-02T15:04:05Z}. */
    public static boolean isWholeSecondsUtc(String text) {
        try {
            return WHOLE_SECONDS.matcher(text).matches()
                    && format(parse(text, "timestamp")).equals(text);
        } catch (WireException e) {
            return false;
        }
    }
}
