package ai.paybond.kit.paegents;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A seller's own endpoint, or a subscriber's: answers with what it was asked, and keeps what came. */
public final class SellerEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    /** A request. */
    public record Received(String signature, byte[] body) {}

    private SellerEndpoint(HttpServer server) {
        this.server = server;
    }

    public static SellerEndpoint start() {
        try {
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            SellerEndpoint endpoint = new SellerEndpoint(HttpServer.create(loopback, 0));
            endpoint.server.createContext("/", endpoint::answer);
            endpoint.server.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-API-Key")));
        received.add(new Received(String.valueOf(exchange.getRequestHeaders().getFirst("Paegents-Signature")), body));
        byte[] echo = ("{\"echo\":\"" + exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, echo.length);
        exchange.getResponseBody().write(echo);
        exchange.close();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<String> keys() {
        return List.copyOf(keys);
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
