package ai.paybond.kit.examples.http;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * An HTTP server on 127.0.0.1 and a port of the system's choice. Requests are handled on worker threads, so a handler
 * may block. Closing it releases the port and every thread.
 */
public final class LoopbackServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int WORKERS = 8;

    private final Undertow undertow;
    private final URI uri;

    private LoopbackServer(Undertow undertow, URI uri) {
        this.undertow = undertow;
        this.uri = uri;
    }

    /** Starts a server that answers every request with {@code handler}. */
    public static LoopbackServer start(HttpHandler handler) {
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, LOOPBACK)
                .setIoThreads(1)
                .setWorkerThreads(WORKERS)
                .setHandler(new BlockingHandler(handler))
                .build();
        undertow.start();
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return new LoopbackServer(undertow, URI.create("http://" + LOOPBACK + ":" + address.getPort()));
    }

    /** The server's root, for example {@code http://127.0.0.1:40123}. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        undertow.stop();
    }
}
