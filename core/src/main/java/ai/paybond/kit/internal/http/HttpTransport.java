package ai.paybond.kit.internal.http;

import ai.paybond.kit.internal.http.HttpFailure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls and repeats them when that may help: on timeouts, lost connections, broken-off replies, 429, 500, 502, 503 and
 * 504, and once more after a 401 when the credential could be renewed. A call that must not happen twice is repeated only
 * after answers that say nothing was done, 429 and that 401. Redirects are never followed. Safe for use by many
 * threads.
 */
public final class HttpTransport implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpTransport.class);
    private static final int TOO_MANY_REQUESTS = 429;
    /** OkHttp's own five would have most agents of a busy process connect anew, with a TLS handshake, for most calls. */
    private static final int IDLE_CONNECTIONS = 64;

    private static final int IDLE_MINUTES = 5;

    private final OkHttpClient client;
    private final HttpLimits limits;
    private final Machine machine;
    private final Backoff backoff;
    private final Attempt attempt;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Opens no connection yet. */
    public HttpTransport(HttpLimits limits, Machine machine) {
        this.client = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                // Every sending is ours to count, and to give a proof of its own.
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(HttpTransport::keepRetryAfter)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
        this.limits = limits;
        this.machine = machine;
        this.backoff = new Backoff(machine);
        this.attempt = new Attempt(client, limits.maxReplyBytes());
    }

    /** OkHttp re-sends a request by itself when a 503 says "Retry-After: 0"; under another name it does not see that. */
    private static Response keepRetryAfter(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String retryAfter = response.header("Retry-After");
        return retryAfter == null
                ? response
                : response.newBuilder()
                        .removeHeader("Retry-After")
                        .header(Attempt.KEPT_RETRY_AFTER, retryAfter)
                        .build();
    }

    /**
     * Sends the call until it is answered for good.
     *
     * @return the reply, which may be an error status
     * @throws HttpFailure when no attempt brought a usable reply
     */
    public HttpReply send(HttpCall call) throws HttpFailure {
        long deadline = machine.nanoTime() + limits.callNanos(call);
        boolean renewed = false;
        int failures = 0;
        while (true) {
            String credential = call.bearer().current();
            Outcome outcome = attempt(call, credential, deadline);
            if (outcome.unauthorized() && !renewed && call.bearer().renew(credential)) {
                renewed = true;
                continue;
            }
            if (!outcome.worthRepeating(call)
                    || ++failures >= limits.maxAttempts()
                    || !pause(call, failures, outcome, deadline)) {
                return outcome.orThrow();
            }
        }
    }

    private Outcome attempt(HttpCall call, String credential, long deadline) {
        if (closed.get()) {
            return new Outcome(null, new HttpFailure(Kind.CLOSED, "the session is closed", null));
        }
        long remaining = Math.max(1, deadline - machine.nanoTime());
        try {
            return new Outcome(attempt.send(call, credential, Math.min(remaining, limits.attemptNanos(call))), null);
        } catch (HttpFailure e) {
            return new Outcome(null, e);
        }
    }

    /** Waits before the next attempt; false when that would pass the deadline. */
    private boolean pause(HttpCall call, int failures, Outcome outcome, long deadline) throws HttpFailure {
        Duration pause = backoff.pause(failures - 1, outcome.reply());
        if (deadline - machine.nanoTime() <= pause.toNanos()) {
            return false;
        }
        log.debug("{} failed ({}), attempt {} in {} ms", call, outcome, failures + 1, pause.toMillis());
        try {
            machine.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpFailure(Kind.INTERRUPTED, "the calling thread was interrupted", e);
        }
    }

    /** Refuses further calls, cancels running ones and releases sockets and threads. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            client.dispatcher().cancelAll();
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    /** Exactly one of the two is there. */
    private record Outcome(
            @Nullable HttpReply reply, @Nullable HttpFailure failure) {
        boolean unauthorized() {
            return reply != null && reply.status() == 401;
        }

        boolean worthRepeating(HttpCall call) {
            boolean mayHelp =
                    failure != null ? failure.kind().retryable() : reply != null && Backoff.isTransient(reply.status());
            return switch (call.repetition()) {
                case FREELY -> mayHelp;
                case IF_REFUSED -> reply != null && reply.status() == TOO_MANY_REQUESTS;
                case NEVER -> false;
            };
        }

        HttpReply orThrow() throws HttpFailure {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(reply);
        }

        @Override
        public String toString() {
            return failure == null ? String.valueOf(reply) : failure.kind().name();
        }
    }
}
