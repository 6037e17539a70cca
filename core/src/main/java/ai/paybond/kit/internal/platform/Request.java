package ai.paybond.kit.internal.platform;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.http.Bearer;
import ai.paybond.kit.internal.http.Download;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call in the making. What ends it, {@link #reply()} and its like, sends it, and believes the reply only after the
 * tenant that the route demands of it has been checked. Not thread-safe.
 */
public final class Request {
    private static final int LONGEST_IDEMPOTENCY_KEY = 256;

    private final Channel channel;
    private final Connection connection;
    private final Route route;
    private final HttpCall.Builder call;
    private @Nullable String idempotencyKey;

    Request(Channel channel, Connection connection, Route route, HttpCall.Builder call) {
        this.channel = channel;
        this.connection = connection;
        this.route = route;
        this.call = call;
    }

    /** Adds a query parameter; null leaves it out. */
    public Request query(String name, @Nullable Object value) {
        if (value != null) {
            call.query(name, value.toString());
        }
        return this;
    }

    /** The body. */
    public Request json(JsonObject body) {
        return json(body.toJson());
    }

    /** The body, character for character. */
    public Request json(String body) {
        return json(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The body, byte for byte. */
    public Request json(byte[] body) {
        call.json(body);
        return this;
    }

    /** A header whose value has been checked. */
    public Request header(String name, String value) {
        call.header(name, value);
        return this;
    }

    /** Another credential than the session's. */
    public Request bearer(Bearer credential) {
        call.bearer(credential);
        return this;
    }

    /** How long one attempt may take, instead of the session's limit. */
    public Request attemptTimeout(Duration timeout) {
        call.attemptTimeout(timeout);
        return this;
    }

    /** Saves the body of the reply instead of reading it. */
    public Request saveTo(Download download) {
        call.saveTo(download);
        return this;
    }

    /** Headers made from the call's path, anew for every attempt. */
    public Request freshHeaders(Function<String, Map<String, String>> fresh) {
        Supplier<Map<String, String>> headers = () -> fresh.apply(call.path());
        call.freshHeaders(headers);
        return this;
    }

    /**
     * The key under which the server counts repetitions once; null has one drawn.
     *
     * @throws ConfigurationException {@code idempotency_key.invalid}
     */
    public Request idempotencyKey(@Nullable String key) {
        idempotencyKey = key == null ? null : checkedKey(key);
        return this;
    }

    /** The key given, or else the one drawn for this call. */
    public String idempotencyKey() {
        String given = idempotencyKey;
        if (given != null) {
            return given;
        }
        String drawn = channel.machine().newId();
        idempotencyKey = drawn;
        return drawn;
    }

    /** The JSON object of a 2xx reply, about the session's tenant. */
    public Reply reply() {
        return exchange().reply();
    }

    /** As {@link #reply()}; empty for 404. */
    public Optional<Reply> find() {
        Exchange exchange = exchange(404);
        return exchange.http().status() == 404 ? Optional.empty() : Optional.of(exchange.reply());
    }

    /** Sends it; any 2xx will do. */
    public void done() {
        exchange();
    }

    /** Sends it and takes a 2xx, or one of these statuses, for an answer. */
    public Exchange exchange(int... otherAnswers) {
        if (route.isKeyed()) {
            call.header("idempotency-key", idempotencyKey());
        }
        HttpCall built = call.build();
        HttpReply http = connection.send(built);
        boolean answered = http.successful();
        for (int status : otherAnswers) {
            answered |= http.status() == status;
        }
        if (!answered) {
            throw connection.rejected(built, http);
        }
        return new Exchange(built, http);
    }

    private static String checkedKey(String key) {
        if (key.isBlank() || key.length() > LONGEST_IDEMPOTENCY_KEY) {
            throw new ConfigurationException("idempotency_key.invalid", "an idempotency key has 1 to 256 characters");
        }
        return Connection.checkedHeader("idempotency_key.invalid", "the idempotency key", key);
    }

    /** A call that was answered. */
    public final class Exchange {
        private final HttpCall sent;
        private final HttpReply http;

        private Exchange(HttpCall sent, HttpReply http) {
            this.sent = sent;
            this.http = http;
        }

        /** Status and headers. */
        public HttpReply http() {
            return http;
        }

        /** The JSON object of the reply, about the session's tenant. */
        public Reply reply() {
            Reply reply = connection.parse(sent, http);
            return route.echo().isEmpty() ? reply : reply.ofTenant(route.echo(), channel.tenantId());
        }

        /** The JSON object of the reply, nothing of it checked. */
        public JsonObject body() {
            return connection.parse(sent, http).json();
        }

        /** What to throw when this answer is none after all. */
        public RuntimeException rejected() {
            return connection.rejected(sent, http);
        }
    }
}
