package ai.paybond.kit.examples.nevermined;

import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import ai.paybond.kit.nevermined.http.PaidHttpHandler;
import ai.paybond.kit.nevermined.http.PaidRoute;
import ai.paybond.kit.nevermined.http.PaidRoutes;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The guide's server on the JDK's own HTTP server: says hello to those who pay, and 402 to others. */
public final class PaidAgentServer implements AutoCloseable {
    private final HttpServer server;

    private PaidAgentServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts on 127.0.0.1 and a free port.
     *
     * @param payments under the seller's key
     * @param agentHost the agent as Nevermined knows it, such as {@code https://example.com}
     */
    public static PaidAgentServer start(NeverminedPayments payments, URI agentHost, String planId, String agentId)
            throws IOException {
        PaidRoutes routes = PaidRoutes.builder(
                        ChargeDesk.builder(payments).build(), payments.schemes(Clock.systemUTC())::resolve, agentHost)
                .route(PaidRoute.of("POST", "/prompt", planId, 1).by(agentId))
                .build();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new PaidHttpHandler(routes, PaidAgentServer::hello));
        server.start();
        return new PaidAgentServer(server);
    }

    private static void hello(HttpExchange exchange) throws IOException {
        byte[] body = "{\"message\":\"Hello from the agent!\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Where it listens. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
