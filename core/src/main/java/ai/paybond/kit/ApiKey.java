package ai.paybond.kit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service-account API key. A bearer secret: redacted in {@link #toString()}, compared in constant time, and given out
 * only by {@link #expose()}.
 */
public final class ApiKey {
    private static final Pattern PREFIX = Pattern.compile("paybond_[sr]k_(sandbox|live)_");
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,512}");

    private final String key;

    private ApiKey(String key) {
        this.key = key;
    }

    /**
     * @param key the key as issued; surrounding white space is ignored
     * @throws ConfigurationException {@code api_key.missing} when it is null or blank, {@code api_key.invalid} when it holds
     *     anything but printable ASCII or is longer than 512 characters
     */
    public static ApiKey of(@Nullable String key) {
        if (key == null || key.isBlank()) {
            throw new ConfigurationException("api_key.missing", "the API key is missing");
        }
        String trimmed = key.strip();
        if (!PRINTABLE.matcher(trimmed).matches()) {
            throw new ConfigurationException("api_key.invalid", "the API key is not one line of printable ASCII");
        }
        return new ApiKey(trimmed);
    }

    /** The environment in the key's visible prefix; empty for keys of the first generation, which have none. */
    public Optional<PaybondEnvironment> environment() {
        Matcher prefix = PREFIX.matcher(key);
        return prefix.lookingAt() ? PaybondEnvironment.ofText(prefix.group(1)) : Optional.empty();
    }

    /** The secret itself, for an authorization header. Never log it. */
    public String expose() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApiKey that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** The environment prefix at most. */
    @Override
    public String toString() {
        Matcher prefix = PREFIX.matcher(key);
        return "ApiKey[" + (prefix.lookingAt() ? prefix.group() : "") + "redacted]";
    }

    private byte[] bytes() {
        return key.getBytes(StandardCharsets.US_ASCII);
    }
}
