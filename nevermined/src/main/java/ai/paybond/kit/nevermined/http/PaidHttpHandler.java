package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.nevermined.X402AccessToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Puts {@link PaidRoutes} in front of a handler of the JDK's own HTTP server. */
public final class PaidHttpHandler implements HttpHandler {
    /** The attribute of the exchange under which a handler finds the {@link PaidExchange} of a paid request. */
    public static final String ATTRIBUTE = "ai.paybond.kit.nevermined.payment";

    private final PaidRoutes routes;
    private final HttpHandler handler;

    /** @param handler serves; a response that it flushes is streamed and charged at its end */
    public PaidHttpHandler(PaidRoutes routes, HttpHandler handler) {
        this.routes = Objects.requireNonNull(routes, "routes");
        this.handler = Objects.requireNonNull(handler, "handler");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Entry entry = routes.enter(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders().getFirst(X402AccessToken.HEADER));
        if (entry instanceof Entry.Paid paid) {
            serve(exchange, paid.exchange());
        } else if (entry instanceof Entry.Unpaid unpaid) {
            answer(exchange, unpaid.demand());
        } else {
            handler.handle(exchange);
        }
    }

    private void serve(HttpExchange exchange, PaidExchange paid) throws IOException {
        try {
            handler.handle(new HeldHttpExchange(exchange, paid));
        } finally {
            paid.cancel();
        }
    }

    static void answer(HttpExchange exchange, PaymentDemand demand) throws IOException {
        byte[] body = demand.bytes();
        demand.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(PaymentDemand.STATUS, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
