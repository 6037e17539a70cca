package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.json.JsonValue;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.PathTemplateMatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Between Undertow's exchange and our own {@link Request} and {@link Reply}. */
final class Exchanges {
    private static final HttpString REQUEST_ID = new HttpString("x-request-id");

    private Exchanges() {}

    static String requestId() {
        return "req-" + UUID.randomUUID();
    }

    /** Reads the whole request. Path parameters come from the match alone: a query cannot stand in for one. */
    static Request read(HttpServerExchange exchange) throws IOException {
        return new Request(
                requestId(),
                exchange.getRequestMethod().toString(),
                exchange.getRequestPath(),
                exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY).getParameters(),
                query(exchange),
                headers(exchange.getRequestHeaders()),
                body(exchange));
    }

    static void write(HttpServerExchange exchange, Reply reply) throws IOException {
        byte[] body = begin(exchange, reply.status(), reply);
        exchange.setResponseContentLength(body.length);
        try (OutputStream out = exchange.getOutputStream()) {
            out.write(body);
        }
    }

    /** Announces all of the reply, sends half of it, and leaves. */
    static void writeHalf(HttpServerExchange exchange, Reply reply) throws IOException {
        byte[] body = begin(exchange, reply.status(), reply);
        exchange.setResponseContentLength(body.length);
        OutputStream out = exchange.getOutputStream();
        out.write(body, 0, body.length / 2);
        out.flush();
        drop(exchange);
    }

    static void writeText(HttpServerExchange exchange, String type, String text) throws IOException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        try (OutputStream out = exchange.getOutputStream()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Streams a JSON string of this many bytes, quotes included, until it is done or the client has had enough. */
    static void writeLong(HttpServerExchange exchange, long bytes) throws IOException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        byte[] chunk = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = exchange.getOutputStream()) {
            out.write('"');
            for (long left = bytes - 2; left > 0; left -= chunk.length) {
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
            out.write('"');
        }
    }

    static void drop(HttpServerExchange exchange) throws IOException {
        exchange.getConnection().close();
    }

    private static byte[] begin(HttpServerExchange exchange, int status, Reply reply) {
        HeaderMap headers = exchange.getResponseHeaders();
        exchange.setStatusCode(status);
        headers.put(Headers.CONTENT_TYPE, reply.file().map(Reply.Content::type).orElse("application/json"));
        headers.put(REQUEST_ID, reply.body().string("request_id").orElseGet(Exchanges::requestId));
        reply.headers().forEach((name, value) -> headers.put(new HttpString(name), value));
        return reply.file()
                .map(Reply.Content::bytes)
                .orElseGet(() -> ((JsonValue) reply.body()).toJson().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] body(HttpServerExchange exchange) throws IOException {
        byte[] body = exchange.getInputStream().readNBytes(Limits.BODY_BYTES + 1);
        if (body.length > Limits.BODY_BYTES) {
            throw ApiException.nested(413, "body_too_large", "A request body may have at most 1 MiB.");
        }
        return body;
    }

    private static Map<String, String> query(HttpServerExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (Map.Entry<String, Deque<String>> entry :
                exchange.getQueryParameters().entrySet()) {
            query.put(entry.getKey(), entry.getValue().getFirst());
        }
        return query;
    }

    private static Map<String, List<String>> headers(HeaderMap map) {
        Map<String, List<String>> headers = new HashMap<>();
        for (HeaderValues values : map) {
            headers.put(values.getHeaderName().toString().toLowerCase(Locale.ROOT), List.copyOf(values));
        }
        return headers;
    }
}
