package ai.paybond.kit.wire.completion;

import java.util.Objects;

/**
 * One way in which evidence does not fit its preset.
 *
 * @param field the member it is about
 */
public record Drift(Kind kind, String field) {
    public Drift {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(field, "field");
    }

    /** What is wrong with the member. */
    public enum Kind {
        MISSING_FIELD,
        TYPE_MISMATCH,
        FORBIDDEN_FIELD_PRESENT
    }
}
