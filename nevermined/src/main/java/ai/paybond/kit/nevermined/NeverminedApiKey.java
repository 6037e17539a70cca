package ai.paybond.kit.nevermined;

import ai.paybond.kit.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Nevermined API key: {@code <prefix>:<jwt>}, or the bare JWT. A bearer secret: redacted in {@link #toString()}, compared in
 * constant time, and given out only by {@link #expose()}. Neither signature nor expiry of the JWT is checked here; that is the
 * backend's part.
 */
public final class NeverminedApiKey {
    private static final Pattern KEY = Pattern.compile("(?:[A-Za-z][A-Za-z0-9_-]{0,31}:)?[A-Za-z0-9_.=+/-]{1,8192}");

    private final String key;

    private NeverminedApiKey(String key) {
        this.key = key;
    }

    /**
     * @param key the key as issued; surrounding white space is ignored
     * @throws ConfigurationException {@code api_key.missing} when it is null or blank, {@code api_key.invalid} when it is not
     *     of the form above
     */
    public static NeverminedApiKey of(@Nullable String key) {
        if (key == null || key.isBlank()) {
            throw new ConfigurationException("api_key.missing", "the Nevermined API key is missing");
        }
        String trimmed = key.strip();
        if (trimmed.length() > 8300 || !KEY.matcher(trimmed).matches()) {
            throw new ConfigurationException("api_key.invalid", "the Nevermined API key is not <prefix>:<jwt>");
        }
        return new NeverminedApiKey(trimmed);
    }

    /** The part before the colon, as written; empty for a bare JWT. */
    public Optional<String> prefix() {
        int colon = key.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(key.substring(0, colon));
    }

    /** The account address the key says it belongs to ({@code sub}); not verified. */
    public Optional<String> account() {
        return Base64Json.unverifiedClaims(key.substring(key.indexOf(':') + 1)).flatMap(claims -> claims.string("sub"));
    }

    /** The secret itself, prefix included, for an authorization header. Never log it. */
    public String expose() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NeverminedApiKey that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** The environment prefix at most. */
    @Override
    public String toString() {
        return "NeverminedApiKey[" + prefix().map(text -> text + ":").orElse("") + "redacted]";
    }

    private byte[] bytes() {
        return key.getBytes(StandardCharsets.US_ASCII);
    }
}
