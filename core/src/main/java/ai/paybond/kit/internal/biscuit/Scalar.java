package ai.paybond.kit.internal.biscuit;

/** A value that a fact or a check about a call's arguments can hold. */
public sealed interface Scalar {

    /** A text. */
    record Text(String value) implements Scalar {}

    /** A 64-bit integer. */
    record Whole(long value) implements Scalar {}

    /** A boolean. */
    record Flag(boolean value) implements Scalar {}
}
