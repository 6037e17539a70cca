package ai.paybond.kit.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Sends a request once and reads its reply, bounded in time and size. */
final class Attempt {
    /** See {@link HttpTransport}: OkHttp acts on the standard name by itself. */
    static final String KEPT_RETRY_AFTER = "x-paybond-kept-retry-after";

    private final OkHttpClient client;
    private final int maxReplyBytes;

    Attempt(OkHttpClient client, int maxReplyBytes) {
        this.client = client;
        this.maxReplyBytes = maxReplyBytes;
    }

    HttpReply send(HttpCall call, String credential, long timeoutNanos) throws HttpFailure {
        Call sending = client.newCall(request(call, credential));
        sending.timeout().timeout(timeoutNanos, TimeUnit.NANOSECONDS);
        try (Response response = execute(sending)) {
            return read(call, response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (IOException e) {
            throw failure(e, HttpFailure.Kind.UNREACHABLE);
        }
    }

    /** OkHttp is Kotlin: while it waits for a connection, an interrupt escapes from it although nothing declares that. */
    private static Response execute(Call call) throws IOException, InterruptedException {
        return call.execute();
    }

    private static Request request(HttpCall call, String credential) {
        Request.Builder request = new Request.Builder()
                .url(call.endpoint().resolve(call.path(), call.query()))
                .method(call.method(), requestBody(call))
                .header("accept", "application/json")
                // A compressed reply could be far larger than it looks.
                .header("accept-encoding", "identity");
        if (!credential.isEmpty()) {
            request.header("authorization", "Bearer " + credential);
        }
        call.headers().forEach(request::header);
        call.freshHeaders().forEach(request::header);
        return request.build();
    }

    private static @Nullable RequestBody requestBody(HttpCall call) {
        byte[] body = call.body();
        if (body == null) {
            return call.method().equals("GET") ? null : RequestBody.create(new byte[0], null);
        }
        return RequestBody.create(body, null);
    }

    private HttpReply read(HttpCall call, Response response) throws HttpFailure {
        if (response.code() >= 300 && response.code() < 400) {
            throw new HttpFailure(HttpFailure.Kind.REDIRECTED, "the server answered with a redirect", null);
        }
        Optional<Download> download = call.download().filter(wanted -> response.isSuccessful());
        if (download.isPresent()) {
            save(response, download.get());
            return new HttpReply(response.code(), headers(response), new byte[0]);
        }
        if (response.body().contentLength() > maxReplyBytes) {
            throw tooLarge(maxReplyBytes);
        }
        return new HttpReply(
                response.code(), headers(response), bytes(response.body().byteStream()));
    }

    private byte[] bytes(InputStream stream) throws HttpFailure {
        byte[] body;
        try {
            body = stream.readNBytes(maxReplyBytes + 1);
        } catch (IOException e) {
            throw failure(e, HttpFailure.Kind.TRUNCATED);
        }
        if (body.length > maxReplyBytes) {
            throw tooLarge(maxReplyBytes);
        }
        return body;
    }

    private static Map<String, List<String>> headers(Response response) {
        Map<String, List<String>> headers = new HashMap<>();
        response.headers().forEach(pair -> headers.computeIfAbsent(
                        pair.getFirst().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                .add(pair.getSecond()));
        List<String> kept = headers.remove(KEPT_RETRY_AFTER);
        if (kept != null) {
            headers.put("retry-after", kept);
        }
        return headers;
    }

    private static void save(Response response, Download download) throws HttpFailure {
        try {
            if (response.body().contentLength() > download.maxBytes()
                    || !download.take(response.body().byteStream())) {
                throw tooLarge(download.maxBytes());
            }
        } catch (UncheckedIOException e) {
            throw new HttpFailure(HttpFailure.Kind.UNWRITABLE, "the reply could not be saved", e);
        } catch (IOException e) {
            throw failure(e, HttpFailure.Kind.TRUNCATED);
        }
    }

    private static HttpFailure tooLarge(long maxBytes) {
        return new HttpFailure(HttpFailure.Kind.TOO_LARGE, "the reply is larger than " + maxBytes + " bytes", null);
    }

    private static HttpFailure failure(IOException e, HttpFailure.Kind otherwise) {
        if (Thread.currentThread().isInterrupted()) {
            return interrupted(e);
        }
        if (e instanceof InterruptedIOException) {
            return new HttpFailure(HttpFailure.Kind.TIMED_OUT, "no complete reply within the time allowed", e);
        }
        String text = otherwise == HttpFailure.Kind.TRUNCATED ? "the reply broke off" : "no connection to the server";
        return new HttpFailure(otherwise, text, e);
    }

    private static HttpFailure interrupted(Exception e) {
        return new HttpFailure(HttpFailure.Kind.INTERRUPTED, "the calling thread was interrupted", e);
    }
}
