package ai.paybond.kit.sandbox.internal.http;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A listener on loopback for a service that does its own routing. */
public final class RawServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int WORKER_THREADS = 16;
    private static final long GRACE_MILLIS = 2_000;

    private final Function<RawRequest, RawReply> service;
    private final GracefulShutdownHandler inFlight;
    private final Undertow undertow;

    /** Starts listening; port 0 takes a free one. */
    public RawServer(int port, Function<RawRequest, RawReply> service) {
        this.service = service;
        this.inFlight = new GracefulShutdownHandler(new BlockingHandler(new LoopbackOnly(this::handle)));
        this.undertow = Undertow.builder()
                .addHttpListener(port, LOOPBACK)
                .setIoThreads(2)
                .setWorkerThreads(WORKER_THREADS)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, Limits.HEADER_BYTES)
                .setHandler(inFlight)
                .build();
        undertow.start();
    }

    public URI baseUrl() {
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + LOOPBACK + ":" + address.getPort());
    }

    private void handle(HttpServerExchange exchange) throws IOException {
        byte[] body = exchange.getInputStream().readNBytes(Limits.BODY_BYTES + 1);
        if (body.length > Limits.BODY_BYTES) {
            exchange.setStatusCode(413);
            exchange.endExchange();
            return;
        }
        RawReply reply = service.apply(request(exchange, body));
        if (reply.lost()) {
            Exchanges.drop(exchange);
        } else {
            write(exchange, reply);
        }
    }

    private static RawRequest request(HttpServerExchange exchange, byte[] body) {
        Map<String, String> query = new HashMap<>();
        for (Map.Entry<String, Deque<String>> entry :
                exchange.getQueryParameters().entrySet()) {
            query.put(entry.getKey(), entry.getValue().getFirst());
        }
        Map<String, String> headers = new HashMap<>();
        for (HeaderValues values : exchange.getRequestHeaders()) {
            headers.put(values.getHeaderName().toString().toLowerCase(Locale.ROOT), values.getFirst());
        }
        return new RawRequest(
                exchange.getRequestMethod().toString(), segments(exchange.getRequestPath()), query, headers, body);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static void write(HttpServerExchange exchange, RawReply reply) throws IOException {
        exchange.setStatusCode(reply.status());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
        exchange.setResponseContentLength(reply.body().length);
        try (OutputStream out = exchange.getOutputStream()) {
            out.write(reply.body());
        }
    }

    /** Lets requests that are being answered finish, for a moment, before the listener goes away. */
    @Override
    public void close() {
        inFlight.shutdown();
        try {
            inFlight.awaitShutdown(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            undertow.stop();
        }
    }
}
