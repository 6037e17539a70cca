package ai.paybond.kit.internal.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request, however often it has to be sent. Its body bytes are the same in every attempt. */
public final class HttpCall {
    private final String method;
    private final Endpoint endpoint;
    private final String path;
    private final Bearer bearer;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final Supplier<Map<String, String>> freshHeaders;
    private final Repetition repetition;
    private final @Nullable Duration attemptTimeout;
    private final @Nullable Download download;

    private HttpCall(Builder builder) {
        this.method = builder.method;
        this.endpoint = builder.endpoint;
        this.path = builder.path;
        this.bearer = builder.bearer;
        this.query = new LinkedHashMap<>(builder.query);
        this.headers = new LinkedHashMap<>(builder.headers);
        this.body = builder.body;
        this.freshHeaders = builder.freshHeaders;
        this.repetition = builder.repetition;
        this.attemptTimeout = builder.attemptTimeout;
        this.download = builder.download;
    }

    /** A call without a body yet. The path starts with a slash and needs no escaping. */
    public static Builder to(String method, Endpoint endpoint, String path, Bearer bearer) {
        return new Builder(method, endpoint, path, bearer);
    }

    /** The method. */
    public String method() {
        return method;
    }

    /** The path without query, as the caller gave it. */
    public String path() {
        return path;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Bearer bearer() {
        return bearer;
    }

    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }

    Map<String, String> freshHeaders() {
        return freshHeaders.get();
    }

    Repetition repetition() {
        return repetition;
    }

    Optional<Duration> attemptTimeout() {
        return Optional.ofNullable(attemptTimeout);
    }

    Optional<Download> download() {
        return Optional.ofNullable(download);
    }

    /** Method and path; no header, no body. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final String method;
        private final Endpoint endpoint;
        private final String path;
        private Bearer bearer;
        private final Map<String, String> query = new LinkedHashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private byte @Nullable [] body;
        private Supplier<Map<String, String>> freshHeaders = Map::of;
        private Repetition repetition = Repetition.FREELY;
        private @Nullable Duration attemptTimeout;
        private @Nullable Download download;

        private Builder(String method, Endpoint endpoint, String path, Bearer bearer) {
            this.method = method;
            this.endpoint = endpoint;
            this.path = path;
            this.bearer = bearer;
        }

        /** The path, as it was given. */
        public String path() {
            return path;
        }

        /** The body: JSON bytes, sent as they are. Without this there is no body and no content type. */
        public Builder json(byte[] json) {
            body = json.clone();
            return header("content-type", "application/json");
        }

        /** Adds a query parameter. */
        public Builder query(String name, String value) {
            query.put(name, value);
            return this;
        }

        /** Sets a header that is the same in every attempt. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Sets headers that are made anew for every attempt, such as a single-use proof. */
        public Builder freshHeaders(Supplier<Map<String, String>> fresh) {
            this.freshHeaders = fresh;
            return this;
        }

        /** When it is sent again; default {@link Repetition#FREELY}. */
        public Builder repeated(Repetition wanted) {
            this.repetition = wanted;
            return this;
        }

        /** Another credential than the server's usual one. */
        public Builder bearer(Bearer credential) {
            this.bearer = credential;
            return this;
        }

        /** How long one attempt may take; default the transport's limit. */
        public Builder attemptTimeout(Duration timeout) {
            this.attemptTimeout = timeout;
            return this;
        }

        /** Saves the body of a 2xx reply instead of handing it back; the transport's limit of size does not count then. */
        public Builder saveTo(Download target) {
            this.download = target;
            return this;
        }

        /** The request. */
        public HttpCall build() {
            return new HttpCall(this);
        }
    }
}
