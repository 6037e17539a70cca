package ai.paybond.kit.capability;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A capability as it travels: standard padded base64 of a Biscuit. A bearer secret, therefore redacted in
 * {@link #toString()} and compared in constant time. Immutable.
 */
public final class CapabilityToken {

    private final String encoded;

    private CapabilityToken(String encoded) {
        this.encoded = encoded;
    }

    /** Holds the text as it is, and never fails: what is in it is for the {@link CapabilityVerifier} to judge. */
    public static CapabilityToken of(@Nullable String base64) {
        return new CapabilityToken(base64 == null ? "" : base64);
    }

    /** The secret itself, for a request to the authority. Never log it. */
    public String expose() {
        return encoded;
    }

    /** Whether there is no token at all; the verifier refuses such a one as {@value DenyCodes#CAPABILITY_MISSING}. */
    public boolean isEmpty() {
        return encoded.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CapabilityToken token && MessageDigest.isEqual(bytes(), token.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** Says how long the token is, and nothing of what is in it. */
    @Override
    public String toString() {
        return "CapabilityToken[" + encoded.length() + " characters, redacted]";
    }

    private byte[] bytes() {
        return encoded.getBytes(StandardCharsets.UTF_8);
    }
}
