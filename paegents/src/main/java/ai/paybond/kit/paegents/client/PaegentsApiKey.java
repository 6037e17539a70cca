package ai.paybond.kit.paegents.client;

import ai.paybond.kit.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An agent's API key. A bearer secret: redacted when printed, compared in constant time. */
public final class PaegentsApiKey {
    private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private final String secret;

    private PaegentsApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * Surrounding white space is ignored.
     *
     * @throws ConfigurationException {@code api_key.missing} when it is null or blank, {@code api_key.invalid} when it is
     *     not one word of ASCII
     */
    public static PaegentsApiKey of(@Nullable String secret) {
        if (secret == null || secret.isBlank()) {
            throw new ConfigurationException("api_key.missing", "the Paegents API key is missing");
        }
        String word = secret.strip();
        if (!HEADER_SAFE.matcher(word).matches()) {
            throw new ConfigurationException("api_key.invalid", "the Paegents API key is not one word of ASCII");
        }
        return new PaegentsApiKey(word);
    }

    /** The secret itself, for an authorization header. Never log it. */
    public String expose() {
        return secret;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PaegentsApiKey that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return PaegentsApiKey.class.hashCode();
    }

    @Override
    public String toString() {
        return "PaegentsApiKey[redacted]";
    }

    private byte[] bytes() {
        return secret.getBytes(StandardCharsets.US_ASCII);
    }
}
