package ai.paybond.kit.capability;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.biscuit.Narrowing;
import ai.paybond.kit.internal.biscuit.RejectedTokenException;
import ai.paybond.kit.internal.biscuit.Scalar;
import ai.paybond.kit.internal.biscuit.TokenNarrower;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of restrictions that a holder adds to a capability before handing it on, offline and without any key of the
 * issuer. Restrictions only ever add up: whatever is built here, the result covers a subset of the calls that the token
 * covered, and nobody can take a restriction off again. Immutable and thread-safe.
 *
 * <pre>{@code
 * CapabilityToken forSubAgent = Attenuation.builder()
 *         .operations("travel.book_hotel")
 *         .maxSpendCents(5_000)
 *         .argumentIn("city", "Paris", "Lyon")
 *         .build()
 *         .attenuate(token);
 * }</pre>
 */
public final class Attenuation {

    private final List<Narrowing> narrowings;
    private final @Nullable Signer from;
    private final SecureRandom random;

    private Attenuation(Builder builder) {
        this.narrowings = List.copyOf(builder.narrowings);
        this.from = builder.from;
        this.random = builder.random;
    }

    /** Starts with the restrictions that are here. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.narrowings.addAll(narrowings);
        builder.from = from;
        builder.held = narrowings.stream().anyMatch(Narrowing.HeldBy.class::isInstance);
        builder.random = random;
        return builder;
    }

    /** Starts without any restriction. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the token with the restrictions added. The issuer's signature is not looked at: narrowing a token that no
     * verifier accepts gives another such token.
     *
     * @throws CapabilityException with {@value DenyCodes#CAPABILITY_MISSING}, {@value DenyCodes#CAPABILITY_MALFORMED},
     *     {@value DenyCodes#CAPABILITY_UNSUPPORTED} or {@value DenyCodes#CAPABILITY_SIGNATURE_INVALID} when it is no usable
     *     capability or has another holder than the restrictions say, {@value DenyCodes#CAPABILITY_SEALED} when it allows no more blocks, and
     *     {@value DenyCodes#CAPABILITY_TOO_LARGE} or {@value DenyCodes#CAPABILITY_LIMIT_EXCEEDED} when the result would be
     *     beyond {@link CapabilityLimits#DEFAULT}
     */
    public CapabilityToken attenuate(@Nullable CapabilityToken token) {
        try {
            byte[] bytes = TokenText.decode(token, CapabilityLimits.DEFAULT);
            byte[] narrowed =
                    TokenNarrower.append(bytes, narrowings, from, random, CapabilityLimits.DEFAULT.forToken());
            CapabilityToken result = CapabilityToken.of(TokenText.encode(narrowed));
            TokenText.requireLength(result, CapabilityLimits.DEFAULT);
            return result;
        } catch (Refusal refusal) {
            throw refusal.asException();
        } catch (RejectedTokenException rejected) {
            throw Refusal.of(rejected).asException();
        }
    }

    /**
     * Returns the token with the restrictions added, after it was proved that they restrict: nothing is named that the
     * token does not cover, and the result has every block of the token, followed by checks alone.
     *
     * @throws CapabilityException {@value DenyCodes#CAPABILITY_OPERATION_WIDENED},
     *     {@value DenyCodes#CAPABILITY_SPEND_WIDENED} or {@value DenyCodes#CAPABILITY_EXPIRY_WIDENED} when a restriction
     *     would allow more than the token, and otherwise as {@link #attenuate}
     */
    public CapabilityToken delegate(@Nullable CapabilityToken token) {
        CapabilityBounds bounds = CapabilityInspector.inspect(token).bounds();
        narrowings.forEach(narrowing -> requireWithin(bounds, narrowing));
        CapabilityToken narrowed = attenuate(token);
        CapabilityInspector.requireNarrowed(token, narrowed);
        return narrowed;
    }

    private static void requireWithin(CapabilityBounds bounds, Narrowing narrowing) {
        if (narrowing instanceof Narrowing.OperationIn in
                && !in.operations().stream()
                        .allMatch(operation -> operation instanceof Scalar.Text text
                                && bounds.operations().contains(text.value()))) {
            throw new CapabilityException(
                    DenyCodes.CAPABILITY_OPERATION_WIDENED, "an operation is delegated that the capability lacks");
        }
        if (narrowing instanceof Narrowing.SpendAtMost spend && spend.cents() > bounds.maxSpendCents()) {
            throw new CapabilityException(
                    DenyCodes.CAPABILITY_SPEND_WIDENED, "more is delegated than the capability may spend");
        }
        if (narrowing instanceof Narrowing.ExpiresAt expiry
                && expiry.epochSecond() > bounds.expiresAt().getEpochSecond()) {
            throw new CapabilityException(
                    DenyCodes.CAPABILITY_EXPIRY_WIDENED, "what is delegated would outlast the capability");
        }
    }

    /** Collects restrictions; each call adds one. Not thread-safe. */
    public static final class Builder {

        private final List<Narrowing> narrowings = new ArrayList<>();
        private @Nullable Signer from;
        private boolean held;
        private SecureRandom random = new SecureRandom();

        private Builder() {}

        /**
         * Leaves only these operations, as far as the token covers them.
         *
         * @throws ConfigurationException with code {@code capability.attenuation} when there is none or one is blank
         */
        public Builder operations(String... operations) {
            return operations(Arrays.asList(operations));
        }

        /** As {@link #operations(String...)}. */
        public Builder operations(Collection<String> operations) {
            operations.forEach(Builder::requireName);
            return add(new Narrowing.OperationIn(texts(operations)));
        }

        /**
         * Lowers the highest spend of one call, in cents.
         *
         * @throws ConfigurationException with code {@code capability.attenuation} when it is negative
         */
        public Builder maxSpendCents(long cents) {
            require(cents >= 0, "a maximum spend is not negative");
            return add(new Narrowing.SpendAtMost(cents));
        }

        /**
         * Lets the token end earlier: at this instant, rounded down to the second, it is no longer valid.
         *
         * @throws ConfigurationException with code {@code capability.attenuation} when it is before 1970
         */
        public Builder expiresAt(Instant expiry) {
            require(!expiry.isBefore(Instant.EPOCH), "an expiry is not before 1970");
            return add(new Narrowing.ExpiresAt(expiry.getEpochSecond()));
        }

        /**
         * Requires a text argument to be one of these. A call without the argument, or with one of another type, is
         * refused.
         *
         * @param path member names joined by dots and array positions in brackets, such as {@code items[0].sku}; a name
         *     with a dot, bracket, quote, backslash or control character is written {@code ["a.b"]}, as a JSON string
         * @throws ConfigurationException with code {@code capability.attenuation} when the path is blank or no value is given
         */
        public Builder argumentIn(String path, String... values) {
            return add(new Narrowing.ArgumentIn(path(path), texts(Arrays.asList(values))));
        }

        /** As {@link #argumentIn(String, String...)} for an integer argument. */
        public Builder argumentIn(String path, long... values) {
            Set<Scalar> allowed =
                    Arrays.stream(values).mapToObj(Scalar.Whole::new).collect(Collectors.toSet());
            require(!allowed.isEmpty(), "an argument has at least one allowed value");
            return add(new Narrowing.ArgumentIn(path(path), allowed));
        }

        /**
         * Requires an integer argument to be at most this; negative ones pass. A call without the argument, or with one
         * that is no integer of 64 bits, is refused. The path is as for {@link #argumentIn(String, String...)}.
         */
        public Builder argumentAtMost(String path, long maximum) {
            return add(new Narrowing.ArgumentAtMost(path(path), maximum));
        }

        /**
         * Names the holder without whose signature no call can be made; a {@link HolderProof} per call. For a token that
         * names no holder yet: nobody can take another one's place without being let.
         *
         * @throws ConfigurationException with code {@code capability.attenuation} when a holder was named already
         */
        public Builder holder(VerifyingKey holder) {
            require(!held, "an attenuation names one holder");
            held = true;
            return add(new Narrowing.HeldBy(holder));
        }

        /**
         * Hands a token with a holder to another one, who signs calls from here on. The present holder signs this, so that a
         * thief cannot.
         *
         * @param from the present holder's key
         * @param to the next holder
         * @throws ConfigurationException with code {@code capability.attenuation} when a holder was named already
         */
        public Builder handOver(Signer from, VerifyingKey to) {
            this.from = from;
            return holder(to);
        }

        /** Where the new block's key pair comes from; default a new {@link SecureRandom}. */
        public Builder random(SecureRandom random) {
            this.random = random;
            return this;
        }

        /**
         * Builds the restrictions.
         *
         * @throws ConfigurationException with code {@code capability.attenuation} when there is none
         */
        public Attenuation build() {
            require(!narrowings.isEmpty(), "an attenuation restricts something");
            return new Attenuation(this);
        }

        private Builder add(Narrowing narrowing) {
            narrowings.add(narrowing);
            return this;
        }

        private static String path(String path) {
            requireName(path);
            require(path.length() <= ArgumentFacts.MAX_PATH_LENGTH, "a path is at most 256 characters long");
            return path;
        }

        private static Set<Scalar> texts(Collection<String> values) {
            require(!values.isEmpty(), "a set of allowed values is not empty");
            values.forEach(Builder::requireText);
            return values.stream().map(Scalar.Text::new).collect(Collectors.toSet());
        }

        private static void requireName(String name) {
            require(name != null && !name.isBlank(), "a name is not blank");
            requireText(name);
        }

        // an unpaired surrogate would be signed as a question mark and then allow what nobody named
        private static void requireText(String text) {
            require(
                    text != null && StandardCharsets.UTF_8.newEncoder().canEncode(text),
                    "a text is not null and has no unpaired surrogates");
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new ConfigurationException("capability.attenuation", message);
            }
        }
    }
}
