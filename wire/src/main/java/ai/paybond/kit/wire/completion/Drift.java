package ai.paybond.kit.wire.completion;

import java.util.Objects;

/**
 * One way in which evidence does not fit its preset. Source: this library; drifts are neither hashed nor signed.
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
        /** Required and absent. */
        MISSING_FIELD,
        /** Of another type than the schema says. */
        TYPE_MISMATCH,
        /** Speaks of funding, which proves no completion. */
        FORBIDDEN_FIELD_PRESENT
    }
}
