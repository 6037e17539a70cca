package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener on loopback: reads requests, checks key and version, answers, and spoils answers as asked. */
final class BackendServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BackendServer.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BODY_BYTES = 1 << 20;
    private static final int THREADS = 48;
    private static final String BEARER = "Bearer ";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    private final Dispatcher dispatcher;
    private final NeverminedFaults faults;
    private final Map<String, NeverminedAccount> accounts;
    private final AtomicLongArray counts;
    private final Object lock;

    BackendServer(
            int port,
            Dispatcher dispatcher,
            NeverminedFaults faults,
            Map<String, NeverminedAccount> accounts,
            AtomicLongArray counts,
            Object lock) {
        this.dispatcher = dispatcher;
        this.faults = faults;
        this.accounts = accounts;
        this.counts = counts;
        this.lock = lock;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    URI baseUrl() {
        return URI.create("http://" + LOOPBACK + ":" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("a request of the sandbox is still being answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One answer. */
    private record Reply(int status, JsonObject body) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<String> segments = segments(exchange);
            Optional<NeverminedRoute> route = NeverminedRoute.of(exchange.getRequestMethod(), segments);
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES + 1);
            if (route.isEmpty() || body.length > BODY_BYTES) {
                write(exchange, refusal(new RefusedException(404, "BCK.NOT_FOUND.0001", "no such route")));
                return;
            }
            counts.incrementAndGet(route.get().ordinal());
            Optional<Fault> fault = faults.take(route.get());
            if (fault.isEmpty()) {
                write(exchange, answer(exchange, route.get(), segments, body));
            } else {
                spoil(exchange, fault.get(), () -> answer(exchange, route.get(), segments, body));
            }
        }
    }

    private static List<String> segments(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    private Reply answer(HttpExchange exchange, NeverminedRoute route, List<String> segments, byte[] body) {
        try {
            requireVersion(exchange);
            String caller = route.isPublic() ? "" : caller(exchange);
            JsonObject json = body.length == 0 ? JsonObject.of(Map.of()) : JsonObject.parse(body);
            synchronized (lock) {
                return new Reply(
                        Dispatcher.status(route), dispatcher.answer(route, route.parameters(segments), caller, json));
            }
        } catch (RefusedException e) {
            return refusal(e);
        } catch (WireException e) {
            return refusal(RefusedException.invalid("the body is not a JSON object"));
        } catch (RuntimeException e) {
            log.error("the sandbox failed at {}", route, e);
            return refusal(new RefusedException(500, "BCK.X402.0006", "internal error"));
        }
    }

    private String caller(HttpExchange exchange) {
        String header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        NeverminedAccount account = header.startsWith(BEARER) ? accounts.get(header.substring(BEARER.length())) : null;
        if (account == null) {
            throw new RefusedException(401, "BCK.AUTH.0002", "credentials missing or invalid");
        }
        return account.address();
    }

    private static void requireVersion(HttpExchange exchange) {
        String version = exchange.getRequestHeaders().getFirst("Nevermined-Version");
        if (version != null && !version.startsWith("1.")) {
            throw new RefusedException(400, "BCK.VERSION.0001", "bad Nevermined-Version");
        }
    }

    private static Reply refusal(RefusedException e) {
        return new Reply(e.status(), e.envelope());
    }

    private interface Answer {
        Reply get();
    }

    private void spoil(HttpExchange exchange, Fault fault, Answer answer) throws IOException {
        if (fault instanceof Fault.Status status) {
            if (status.handled()) {
                answer.get();
            }
            write(exchange, refusal(new RefusedException(status.status(), status.code(), "injected by the sandbox")));
        } else if (fault instanceof Fault.ConnectionReset reset) {
            if (reset.handled()) {
                answer.get();
            }
        } else if (fault instanceof Fault.Delay delay) {
            pause(delay);
            write(exchange, answer.get());
        } else {
            Reply reply = answer.get();
            boolean truncated =
                    fault instanceof Fault.Garbled garbled && garbled.kind() == Fault.Garbled.Kind.TRUNCATED;
            byte[] whole = utf8(reply.body().toJson());
            write(exchange, 200, truncated ? Arrays.copyOf(whole, whole.length / 2) : utf8("<html>Bad gateway</html>"));
        }
    }

    private static void pause(Fault.Delay delay) throws IOException {
        try {
            Thread.sleep(delay.delay().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the sandbox was closed", e);
        }
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        write(exchange, reply.status(), utf8(reply.body().toJson()));
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
