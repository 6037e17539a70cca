package ai.paybond.kit.examples.nevermined;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.ProcessingRequest;
import ai.paybond.kit.nevermined.SettleRequest;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.Verification;
import ai.paybond.kit.nevermined.X402AccessToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The guide's server line by line, with the settle that the guide leaves out: {@code startProcessingRequest}, 200 or 402. What it does
 * not do, and {@link PaidAgentServer} does: reserve credits among parallel calls, bound a token's use, and remember a settle.
 */
public final class SeedAgentServer implements AutoCloseable {
    private final NeverminedPayments payments;
    private final URI agentHost;
    private final String planId;
    private final String agentId;
    private final HttpServer server;

    /** Starts on 127.0.0.1 and a free port; for the parameters see {@link PaidAgentServer#start}. */
    public SeedAgentServer(NeverminedPayments payments, URI agentHost, String planId, String agentId)
            throws IOException {
        this.payments = payments;
        this.agentHost = agentHost;
        this.planId = planId;
        this.agentId = agentId;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String requestedUrl = agentHost.toString() + exchange.getRequestURI();
        try {
            X402AccessToken token =
                    X402AccessToken.of(exchange.getRequestHeaders().getFirst(X402AccessToken.HEADER));
            ProcessingRequest request = payments.requests()
                    .startProcessingRequest(
                            planId,
                            PaymentScheme.crypto(payments.options().environment()),
                            agentId,
                            token,
                            requestedUrl,
                            exchange.getRequestMethod());
            if (request.isValidRequest() && isSettled(request, token)) {
                answer(exchange, 200, "{\"message\":\"Hello from the agent!\"}");
                return;
            }
        } catch (PaybondException e) {
            // the guide's server answers 402 to whatever went wrong
        }
        answer(exchange, 402, "{\"error\":\"Payment Required\"}");
    }

    private boolean isSettled(ProcessingRequest request, X402AccessToken token) {
        return request.verification() instanceof Verification.Valid valid
                && payments.facilitator()
                                .settle(SettleRequest.of(request.paymentRequired(), token, BigInteger.ONE, valid))
                        instanceof Settlement.Settled;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
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
