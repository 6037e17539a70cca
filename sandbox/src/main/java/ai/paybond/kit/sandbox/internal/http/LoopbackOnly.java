package ai.paybond.kit.sandbox.internal.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.Locale;
import java.util.Set;

/** Refuses requests addressed to any other name, so that a web page cannot reach the sandbox by rebinding its own. */
final class LoopbackOnly implements HttpHandler {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private final HttpHandler next;

    LoopbackOnly(HttpHandler next) {
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (NAMES.contains(exchange.getHostName().toLowerCase(Locale.ROOT))) {
            next.handleRequest(exchange);
        } else {
            Exchanges.write(
                    exchange,
                    ApiException.nested(403, "host_not_allowed", "The sandbox answers to loopback names only.")
                            .reply(Exchanges.requestId()));
        }
    }
}
