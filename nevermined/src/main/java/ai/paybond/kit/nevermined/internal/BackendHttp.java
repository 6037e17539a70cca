package ai.paybond.kit.nevermined.internal;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.nevermined.internal.NoReplyException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, each exactly once: no retries, no redirects. Speaks https, and plain http on the machine itself. Safe for
 * use by many threads.
 */
public final class BackendHttp implements AutoCloseable {
    /** OkHttp's own five would have most of many concurrent callers connect anew for most calls. */
    private static final int IDLE_CONNECTIONS = 64;

    private static final int IDLE_MINUTES = 5;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|127(\\.[0-9]{1,3}){3}");

    private final HttpUrl base;
    private final int maxReplyBytes;
    private final OkHttpClient client;

    /**
     * Opens no connection yet.
     *
     * @param timeout how long one request may take, reply read included
     * @throws ConfigurationException {@code url.invalid}, {@code url.insecure} or {@code url.unexpected_part}
     */
    public BackendHttp(URI address, Duration timeout, int maxReplyBytes) {
        this.base = checked(address);
        this.maxReplyBytes = maxReplyBytes;
        this.client = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(BackendHttp::dropRetryAfter)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
    }

    private static HttpUrl checked(URI address) {
        HttpUrl url = HttpUrl.parse(address.toString());
        if (url == null || address.getRawAuthority() == null) {
            throw new ConfigurationException("url.invalid", "the backend is not an http or https address");
        }
        if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
            throw new ConfigurationException("url.insecure", "the backend must use https unless it is on this machine");
        }
        if (address.getRawUserInfo() != null || url.encodedQuery() != null || url.encodedFragment() != null) {
            throw new ConfigurationException(
                    "url.unexpected_part", "the backend's address must not hold a user, a query or a fragment");
        }
        return url;
    }

    /** OkHttp sends a request again by itself when a 503 says "Retry-After: 0"; a second settle could charge twice. */
    private static Response dropRetryAfter(Interceptor.Chain chain) throws IOException {
        return chain.proceed(chain.request())
                .newBuilder()
                .removeHeader("Retry-After")
                .build();
    }

    /**
     * Sends once.
     *
     * @throws NoReplyException if no complete reply of bounded size arrived
     */
    public BackendReply send(BackendRequest request, Map<String, String> headers) throws NoReplyException {
        Call call = client.newCall(toOkHttp(request, headers));
        try (Response response = execute(call)) {
            return read(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoReplyException(Kind.INTERRUPTED, e);
        } catch (IOException e) {
            throw new NoReplyException(kind(e), e);
        }
    }

    /** OkHttp is Kotlin: while it waits for a connection, an interrupt escapes from it although nothing declares that. */
    private static Response execute(Call call) throws IOException, InterruptedException {
        return call.execute();
    }

    private Request toOkHttp(BackendRequest request, Map<String, String> headers) {
        HttpUrl.Builder url = base.newBuilder();
        request.segments().forEach(url::addPathSegment);
        request.query().forEach(url::addQueryParameter);
        Request.Builder built = new Request.Builder()
                .url(url.build())
                .method(request.method(), body(request.json()))
                // A compressed reply could be far larger than it looks.
                .header("Accept-Encoding", "identity");
        headers.forEach(built::header);
        return built.build();
    }

    private static @Nullable RequestBody body(@Nullable String json) {
        return json == null ? null : RequestBody.create(json.getBytes(StandardCharsets.UTF_8), null);
    }

    private BackendReply read(Response response) throws IOException, NoReplyException {
        if (response.code() >= 300 && response.code() < 400) {
            throw new NoReplyException(Kind.REDIRECTED, null);
        }
        byte[] body = response.body().byteStream().readNBytes(maxReplyBytes + 1);
        if (body.length > maxReplyBytes) {
            throw new NoReplyException(Kind.TOO_LARGE, null);
        }
        return new BackendReply(response.code(), body);
    }

    private static Kind kind(IOException e) {
        if (Thread.currentThread().isInterrupted()) {
            return Kind.INTERRUPTED;
        }
        if (e instanceof ConnectException || e instanceof UnknownHostException) {
            return Kind.NOT_SENT;
        }
        return e instanceof InterruptedIOException ? Kind.TIMED_OUT : Kind.BROKEN_OFF;
    }

    /** Cancels running requests and releases sockets and threads. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
