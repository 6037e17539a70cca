package ai.paybond.kit.nevermined.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.sandbox.nevermined.NeverminedRoute;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The JDK's own server. */
class PaidHttpHandlerTest extends PaidServerContract {
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final CountDownLatch clientGone = new CountDownLatch(1);
    private final CountDownLatch handled = new CountDownLatch(1);
    private HttpServer http;

    @Override
    protected URI start(PaidRoutes routes) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(workers);
        PaidHttpHandler paid = new PaidHttpHandler(routes, this::serve);
        http.createContext("/", exchange -> {
            try {
                paid.handle(exchange);
            } finally {
                handled.countDown();
            }
        });
        http.start();
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    protected void stop() {
        http.stop(0);
        workers.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("broken")) {
            throw new IllegalStateException("broken");
        }
        if (path.endsWith("gone")) {
            awaitClientGone();
            byte[] much = new byte[64 << 20];
            exchange.sendResponseHeaders(200, much.length);
            exchange.getResponseBody().write(much);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(path.endsWith("unprocessable") ? 422 : 200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            if (path.endsWith("stream")) {
                out.write("one".getBytes(StandardCharsets.UTF_8));
                out.flush();
                out.write("two".getBytes(StandardCharsets.UTF_8));
            } else {
                out.write("hello".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void awaitClientGone() throws IOException {
        try {
            assertThat(clientGone.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void chargesNothingWhenTheClientIsGoneBeforeAByte() throws Exception {
        X402AccessToken token = shop.token();
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), http.getAddress().getPort())) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream()
                    .write(("GET /late/gone HTTP/1.1\r\nHost: localhost\r\npayment-signature: " + token.expose()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            awaitVerify();
        }
        clientGone.countDown();

        assertThat(handled.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(shop.sandbox.requests(NeverminedRoute.SETTLE)).isZero();
    }

    private void awaitVerify() {
        while (shop.sandbox.requests(NeverminedRoute.VERIFY) == 0) {
            Thread.onSpinWait();
        }
    }
}
