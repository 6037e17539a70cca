package ai.paybond.kit.sandbox.assertion;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one place where an assertion fails. */
final class Expectation {
    private Expectation() {}

    static void equal(String what, @Nullable Object expected, @Nullable Object actual, Object subject) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + what + " " + expected + ", and it is " + actual + " in " + subject);
        }
    }
}
