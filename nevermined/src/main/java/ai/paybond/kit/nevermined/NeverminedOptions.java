package ai.paybond.kit.nevermined;

import ai.paybond.kit.ConfigurationException;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to Nevermined.
 *
 * @param environment where the key belongs
 * @param version the API version to pin, such as {@code 1.1}
 * @param organization the organisation to act for, or null for the key's own
 * @param timeout how long one request may take
 * @param maxReplyBytes the largest reply that is read
 */
public record NeverminedOptions(
        NeverminedApiKey apiKey,
        NeverminedEnvironment environment,
        String version,
        @Nullable String organization,
        Duration timeout,
        int maxReplyBytes) {
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}\\.[0-9]{1,4}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /** @throws ConfigurationException {@code version.invalid}, {@code organization.invalid} or {@code limits.invalid} */
    public NeverminedOptions {
        Objects.requireNonNull(apiKey, "apiKey");
        Objects.requireNonNull(environment, "environment");
        if (!VERSION.matcher(version).matches()) {
            throw new ConfigurationException("version.invalid", "the API version is two numbers with a dot");
        }
        if (organization != null && !HEADER_VALUE.matcher(organization).matches()) {
            throw new ConfigurationException("organization.invalid", "the organisation is not one word of ASCII");
        }
        if (timeout.isZero() || timeout.isNegative() || maxReplyBytes < 1) {
            throw new ConfigurationException("limits.invalid", "timeout and reply size must be positive");
        }
    }

    /**
     * Version 1.1, 30 seconds, replies up to 1 MiB, in the environment that the key's prefix names.
     *
     * @throws ConfigurationException {@code environment.missing} if the prefix names none; say one then
     */
    public static NeverminedOptions of(NeverminedApiKey apiKey) {
        return of(
                apiKey,
                NeverminedEnvironment.ofKey(apiKey)
                        .orElseThrow(() -> new ConfigurationException(
                                "environment.missing", "the key's prefix names no Nevermined environment")));
    }

    /** As {@link #of(NeverminedApiKey)}, in this environment. */
    public static NeverminedOptions of(NeverminedApiKey apiKey, NeverminedEnvironment environment) {
        return new NeverminedOptions(apiKey, environment, "1.1", null, Duration.ofSeconds(30), 1 << 20);
    }

    /** The same, acting for this organisation. */
    public NeverminedOptions withOrganization(String id) {
        return new NeverminedOptions(apiKey, environment, version, id, timeout, maxReplyBytes);
    }

    /** The same, with this API version. */
    public NeverminedOptions withVersion(String pinned) {
        return new NeverminedOptions(apiKey, environment, pinned, organization, timeout, maxReplyBytes);
    }

    /** The same, with this much time for a request. */
    public NeverminedOptions withTimeout(Duration limit) {
        return new NeverminedOptions(apiKey, environment, version, organization, limit, maxReplyBytes);
    }
}
