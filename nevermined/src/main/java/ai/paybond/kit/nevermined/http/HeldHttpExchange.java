package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.nevermined.http.PaidExchange.Completion;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** An exchange of the JDK's server whose response is held until it is charged for. */
@SuppressWarnings("NullAway") // the JDK's class is not annotated
final class HeldHttpExchange extends HttpExchange {
    private final HttpExchange exchange;
    private final HeldBody held;
    private int status = -1;
    private boolean hasBody = true;

    HeldHttpExchange(HttpExchange exchange, PaidExchange paid) {
        this.exchange = exchange;
        this.held = new HeldBody(paid, new JdkWire());
        exchange.setAttribute(PaidHttpHandler.ATTRIBUTE, paid);
    }

    private final class JdkWire implements HeldBody.Wire {
        @Override
        public int status() {
            return status;
        }

        @Override
        public OutputStream stream() throws IOException {
            exchange.sendResponseHeaders(status, hasBody ? 0 : -1);
            return hasBody ? exchange.getResponseBody() : OutputStream.nullOutputStream();
        }

        @Override
        public void send(Completion completion, byte[] body) throws IOException {
            PaymentDemand instead = completion.instead();
            if (instead != null) {
                exchange.getResponseHeaders().clear();
                PaidHttpHandler.answer(exchange, instead);
                return;
            }
            completion.headers().forEach(exchange.getResponseHeaders()::set);
            boolean empty = !hasBody || body.length == 0;
            exchange.sendResponseHeaders(status, empty ? -1 : body.length);
            if (!empty) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        }
    }

    /** Keeps the status; a response without a body is whole with it. */
    @Override
    public void sendResponseHeaders(int code, long length) throws IOException {
        status = code;
        hasBody = length >= 0;
        if (!hasBody) {
            held.close();
        }
    }

    @Override
    public OutputStream getResponseBody() {
        return held;
    }

    /** As the JDK's own, closing ends the response, finished or not. */
    @Override
    public void close() {
        try {
            if (status > 0) {
                held.close();
            }
        } catch (IOException e) {
            exchange.close();
            return;
        }
        exchange.close();
    }

    @Override
    public int getResponseCode() {
        return status;
    }

    @Override
    public Headers getRequestHeaders() {
        return exchange.getRequestHeaders();
    }

    @Override
    public Headers getResponseHeaders() {
        return exchange.getResponseHeaders();
    }

    @Override
    public URI getRequestURI() {
        return exchange.getRequestURI();
    }

    @Override
    public String getRequestMethod() {
        return exchange.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return exchange.getHttpContext();
    }

    @Override
    public InputStream getRequestBody() {
        return exchange.getRequestBody();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return exchange.getRemoteAddress();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return exchange.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return exchange.getProtocol();
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return exchange.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        exchange.setAttribute(name, value);
    }

    @Override
    public void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
        throw new UnsupportedOperationException("a paid response is held; write to its body");
    }

    @Override
    public @Nullable HttpPrincipal getPrincipal() {
        return exchange.getPrincipal();
    }
}
