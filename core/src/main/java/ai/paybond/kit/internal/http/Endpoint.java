package ai.paybond.kit.internal.http;

import ai.paybond.kit.ConfigurationException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A base address that a credential may be sent to: https, or http on the machine itself. Judged on the address as the HTTP
 * library reads it, so that no second reading of the text can disagree.
 */
public final class Endpoint {
    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}");

    private final HttpUrl base;

    private Endpoint(HttpUrl base) {
        this.base = base;
    }

    /**
     * @param address the base address; trailing slashes are ignored
     * @param option the option's name, for the message
     * @throws ConfigurationException {@code url.invalid}, {@code url.insecure} or {@code url.unexpected_part}
     */
    public static Endpoint of(URI address, String option) {
        HttpUrl url = HttpUrl.parse(address.toString());
        if (url == null || address.getRawAuthority() == null) {
            throw new ConfigurationException("url.invalid", option + " is not an http or https address");
        }
        if (!url.isHttps() && !isLoopback(url.host())) {
            throw new ConfigurationException("url.insecure", option + " must use https unless it is on this machine");
        }
        if (!url.encodedUsername().isEmpty()
                || !url.encodedPassword().isEmpty()
                || url.encodedQuery() != null
                || url.encodedFragment() != null) {
            throw new ConfigurationException(
                    "url.unexpected_part", option + " must not hold a user, a query or a fragment");
        }
        return new Endpoint(url);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || IPV4_LOOPBACK.matcher(host).matches();
    }

    /** Appends a path, which starts with a slash and needs no escaping, and a query. */
    HttpUrl resolve(String path, Map<String, String> query) {
        HttpUrl.Builder url = base.newBuilder().encodedPath(basePath() + path);
        query.forEach(url::addQueryParameter);
        return url.build();
    }

    private String basePath() {
        return base.encodedPath().replaceAll("/+$", "");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint endpoint && endpoint.base.equals(base);
    }

    @Override
    public int hashCode() {
        return base.hashCode();
    }

    /** The address; it cannot hold a credential. */
    @Override
    public String toString() {
        return base.toString();
    }
}
