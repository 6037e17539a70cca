package ai.paybond.kit.wire;

import java.util.List;
import java.util.Objects;

/**
 * The answer to a verification. Only {@link Valid} means that the object is whole and that its signer is one the
 * verifier vouches for. Verification answers with a verdict and does not throw for what it is given to verify.
 * Immutable. Source: this library; the codes are stable.
 *
 * @param <T> what was verified
 */
public sealed interface Verdict<T> {
    /** The steps taken, in order. */
    List<Check> checks();

    /** {@code valid}, {@code valid_unpinned}, or the stable reason of the refusal. */
    String code();

    /** True only for {@link Valid}. */
    default boolean isTrusted() {
        return this instanceof Valid;
    }

    /**
     * The verified object.
     *
     * @throws WireException with the {@link #code()} unless this is {@link Valid}
     */
    default T orThrow() {
        if (this instanceof Valid<T> valid) {
            return valid.value();
        }
        throw new WireException(code(), "verification did not end in trust");
    }

    /**
     * Whole, and signed by a trusted signer.
     *
     * @param signer the public key in hexadecimal, or the address or thumbprint where the object has no Ed25519 key
     * @param checks all passed
     */
    record Valid<T>(T value, String signer, List<Check> checks) implements Verdict<T> {
        public Valid {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(signer, "signer");
            checks = List.copyOf(checks);
        }

        @Override
        public String code() {
            return "valid";
        }
    }

    /** Whole, but signed by a key that came with the object and that nobody vouches for. Anyone can make such an object. */
    record ValidUnpinned<T>(T value, String signer, List<Check> checks) implements Verdict<T> {
        public ValidUnpinned {
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(signer, "signer");
            checks = List.copyOf(checks);
        }

        @Override
        public String code() {
            return "valid_unpinned";
        }
    }

    /** Refused, for the reason in {@link #code()}. */
    record Invalid<T>(String code, List<Check> checks) implements Verdict<T> {
        public Invalid {
            Objects.requireNonNull(code, "code");
            checks = List.copyOf(checks);
        }
    }
}
