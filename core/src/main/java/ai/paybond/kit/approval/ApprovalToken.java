package ai.paybond.kit.approval;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an authority issues once a person has approved a call, and wants to see when it is asked again. A bearer secret,
 * therefore redacted in {@link #toString()} and compared in constant time. Immutable.
 */
public final class ApprovalToken {
    private static final int LONGEST = 8_192;

    private final String secret;

    private ApprovalToken(String secret) {
        this.secret = secret;
    }

    /**
     * @param secret as the authority issued it
     * @throws IllegalArgumentException when it is blank or longer than 8192 characters
     */
    public static ApprovalToken of(String secret) {
        if (secret.isBlank() || secret.length() > LONGEST) {
            throw new IllegalArgumentException("an approval token has 1 to " + LONGEST + " characters");
        }
        return new ApprovalToken(secret);
    }

    /** The secret itself, for a request to the authority. Never log it. */
    public String expose() {
        return secret;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApprovalToken that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** Nothing of what is in it. */
    @Override
    public String toString() {
        return "ApprovalToken[redacted]";
    }

    private byte[] bytes() {
        return secret.getBytes(StandardCharsets.UTF_8);
    }
}
