package ai.paybond.kit.paegents.internal;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.paegents.internal.NoReplyException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
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
public final class HttpSender implements AutoCloseable {
    /** OkHttp's own five would have most of many concurrent callers connect anew for most calls. */
    private static final int IDLE_CONNECTIONS = 64;

    private static final int IDLE_MINUTES = 5;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|127(\\.[0-9]{1,3}){3}");
    private static final String RETRY_AFTER = "Retry-After";
    private static final String KEPT_RETRY_AFTER = "x-kept-retry-after";

    private final HttpUrl base;
    private final int maxReplyBytes;
    private final OkHttpClient client;

    /**
     * Opens no connection yet.
     *
     * @param connectTimeout how long connecting may take
     * @param timeout how long one attempt may take, reply read included
     * @throws ConfigurationException {@code url.invalid}, {@code url.insecure} or {@code url.unexpected_part}
     */
    public HttpSender(URI address, Duration connectTimeout, Duration timeout, int maxReplyBytes) {
        this.base = checked(address);
        this.maxReplyBytes = maxReplyBytes;
        this.client = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .addNetworkInterceptor(HttpSender::hideRetryAfter)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
                .callTimeout(timeout)
                .connectTimeout(connectTimeout)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
    }

    private static HttpUrl checked(URI address) {
        HttpUrl url = HttpUrl.parse(address.toString());
        if (url == null || address.getRawAuthority() == null) {
            throw new ConfigurationException("url.invalid", "the API's address is not an http or https address");
        }
        if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
            throw new ConfigurationException("url.insecure", "the API must use https unless it is on this machine");
        }
        if (address.getRawUserInfo() != null || url.encodedQuery() != null || url.encodedFragment() != null) {
            throw new ConfigurationException(
                    "url.unexpected_part", "the API's address must not hold a user, a query or a fragment");
        }
        return url;
    }

    /** OkHttp repeats a request by itself when a 503 says "Retry-After: 0"; whether to repeat is not its to decide. */
    private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String seconds = response.header(RETRY_AFTER);
        Response.Builder hidden = response.newBuilder().removeHeader(RETRY_AFTER);
        return seconds == null
                ? hidden.build()
                : hidden.header(KEPT_RETRY_AFTER, seconds).build();
    }

    /**
     * Sends once.
     *
     * @throws NoReplyException if no complete reply of bounded size arrived
     */
    public HttpReply send(HttpRequest request) throws NoReplyException {
        Call call = client.newCall(toOkHttp(request));
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

    private Request toOkHttp(HttpRequest request) {
        HttpUrl.Builder url = base.newBuilder();
        request.segments().forEach(url::addPathSegment);
        request.query().forEach(url::addQueryParameter);
        Request.Builder built = new Request.Builder()
                .url(url.build())
                .method(request.method(), body(request))
                // A compressed reply could be far larger than it looks.
                .header("Accept-Encoding", "identity");
        request.headers().get().forEach(built::header);
        return built.build();
    }

    private static @Nullable RequestBody body(HttpRequest request) {
        String json = request.json();
        if (json == null && request.method().equals("GET")) {
            return null;
        }
        return RequestBody.create(json == null ? new byte[0] : json.getBytes(StandardCharsets.UTF_8), null);
    }

    private HttpReply read(Response response) throws IOException, NoReplyException {
        if (response.code() >= 300 && response.code() < 400) {
            throw new NoReplyException(Kind.REDIRECTED, null);
        }
        byte[] body = response.body().byteStream().readNBytes(maxReplyBytes + 1);
        if (body.length > maxReplyBytes) {
            throw new NoReplyException(Kind.TOO_LARGE, null);
        }
        return new HttpReply(response.code(), headers(response), body);
    }

    private static Map<String, String> headers(Response response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(pair -> headers.put(pair.getFirst().toLowerCase(Locale.ROOT), pair.getSecond()));
        String kept = headers.remove(KEPT_RETRY_AFTER);
        if (kept != null) {
            headers.put("retry-after", kept);
        }
        return headers;
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
