package ai.paybond.kit.sandbox.internal.predicate;

import java.util.Locale;
import java.util.function.IntPredicate;

/** The comparisons. Equality is between any two scalars; order is between two numbers or two strings only. */
enum Comparison {
    EQ(sign -> sign == 0),
    NE(sign -> sign != 0),
    LT(sign -> sign < 0),
    LTE(sign -> sign <= 0),
    GT(sign -> sign > 0),
    GTE(sign -> sign >= 0);

    private final IntPredicate accepts;

    Comparison(IntPredicate accepts) {
        this.accepts = accepts;
    }

    boolean accepts(int sign) {
        return accepts.test(sign);
    }

    boolean isEquality() {
        return this == EQ || this == NE;
    }

    String op() {
        return name().toLowerCase(Locale.ROOT);
    }
}
