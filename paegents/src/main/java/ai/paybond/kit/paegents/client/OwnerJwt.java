package ai.paybond.kit.paegents.client;

import ai.paybond.kit.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The token of an agent's owner, for policies, approvals and limits. Redacted when printed, compared in constant time. */
public final class OwnerJwt {
    private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private final String secret;

    private OwnerJwt(String secret) {
        this.secret = secret;
    }

    /**
     * Surrounding white space is ignored.
     *
     * @throws ConfigurationException {@code owner_jwt.missing} when it is null or blank, {@code owner_jwt.invalid} when it is
     *     not one word of ASCII
     */
    public static OwnerJwt of(@Nullable String secret) {
        if (secret == null || secret.isBlank()) {
            throw new ConfigurationException("owner_jwt.missing", "the owner's JWT is missing");
        }
        String word = secret.strip();
        if (!HEADER_SAFE.matcher(word).matches()) {
            throw new ConfigurationException("owner_jwt.invalid", "the owner's JWT is not one word of ASCII");
        }
        return new OwnerJwt(word);
    }

    /** The secret itself, for an authorization header. Never log it. */
    public String expose() {
        return secret;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OwnerJwt that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return OwnerJwt.class.hashCode();
    }

    @Override
    public String toString() {
        return "OwnerJwt[redacted]";
    }

    private byte[] bytes() {
        return secret.getBytes(StandardCharsets.US_ASCII);
    }
}
