package ai.paybond.kit.internal.biscuit;

import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.util.Set;

/** One restriction that a holder adds to a token. */
public sealed interface Narrowing {

    /** Only these operations. */
    record OperationIn(Set<Scalar> operations) implements Narrowing {}

    /** At most this spend per call, in cents. */
    record SpendAtMost(long cents) implements Narrowing {}

    /** Only with a signature of this holder over the call. */
    record HeldBy(VerifyingKey holder) implements Narrowing {}

    /** Only before this second since 1970. */
    record ExpiresAt(long epochSecond) implements Narrowing {}

    /** The argument is present and one of these values. */
    record ArgumentIn(String path, Set<Scalar> values) implements Narrowing {}

    /** The argument is present, an integer and at most this. */
    record ArgumentAtMost(String path, long maximum) implements Narrowing {}
}
