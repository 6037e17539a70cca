package ai.paybond.kit.fraud;

import ai.paybond.kit.ConfigurationException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which reviews to list. Immutable; each method returns a changed copy.
 *
 * @param state {@code none}, {@code open}, {@code in_review}, {@code closed} or {@code all}; the server's default when absent
 * @param severity at least one signal of this severity; any when absent
 * @param limit how many at most, 1 to 500; the server's default when absent
 */
public record ReviewFilter(
        @Nullable String state,
        @Nullable Severity severity,
        @Nullable Integer limit) {
    private static final int MOST = 500;

    /** The severities of a signal. */
    public enum Severity {
        /** Worth a look. */
        ELEVATED,
        /** Worth a look soon. */
        HIGH,
        /** May hold releases. */
        CRITICAL
    }

    /** @throws ConfigurationException {@code review_filter.limit} for a limit outside 1 to 500 */
    public ReviewFilter {
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw new ConfigurationException("review_filter.limit", "a review queue has 1 to 500 items");
        }
    }

    /** Every review. */
    public static ReviewFilter all() {
        return new ReviewFilter(null, null, null);
    }

    /** Those in this state. */
    public ReviewFilter inState(String wanted) {
        return new ReviewFilter(wanted, severity, limit);
    }

    /** Those with a signal of this severity. */
    public ReviewFilter withSeverity(Severity wanted) {
        return new ReviewFilter(state, wanted, limit);
    }

    /** As many at most. */
    public ReviewFilter limitedTo(int most) {
        return new ReviewFilter(state, severity, most);
    }

    @Nullable String severityText() {
        return severity == null ? null : severity.name().toLowerCase(Locale.ROOT);
    }
}
