package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.RouteEntry;
import ai.paybond.kit.sandbox.SandboxRoute;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The listener on loopback, with every route mounted. */
public final class SandboxServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int IO_THREADS = 2;
    private static final int WORKER_THREADS = 16;
    private static final int IDLE_MILLIS = 60_000;

    private static final long GRACE_MILLIS = 2_000;

    private final GracefulShutdownHandler inFlight;
    private final Undertow undertow;

    /** Starts listening; port 0 takes a free one. */
    public SandboxServer(
            int port,
            List<Route> routes,
            Pipeline pipeline,
            Function<SandboxRoute, Optional<Fault>> faults,
            Clock clock,
            Consumer<RoutingHandler> pages) {
        FaultyExchange exchange = new FaultyExchange(pipeline, faults, clock);
        this.inFlight =
                new GracefulShutdownHandler(new BlockingHandler(new LoopbackOnly(mount(routes, exchange, pages))));
        this.undertow = Undertow.builder()
                .addHttpListener(port, LOOPBACK)
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(WORKER_THREADS)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, Limits.HEADER_BYTES)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
                .setHandler(inFlight)
                .build();
        undertow.start();
    }

    public URI baseUrl() {
        InetSocketAddress address =
                (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + LOOPBACK + ":" + address.getPort());
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

    /** Every route under every mount, in the order in which they were added. */
    public static List<RouteEntry> entries(List<Route> routes) {
        List<RouteEntry> entries = new ArrayList<>();
        for (Route route : routes) {
            entries.add(entry(route, route.template()));
            if (route.mount() == Route.Mount.GATEWAY_AND_HARBOR) {
                entries.add(entry(route, "/harbor" + route.template()));
            }
        }
        return entries;
    }

    private static RouteEntry entry(Route route, String path) {
        @Nullable Scope scope = route.scope();
        return new RouteEntry(route.name(), route.method(), path, route.isOpen(), scope == null ? "" : scope.text());
    }

    private static HttpHandler mount(List<Route> routes, FaultyExchange exchange, Consumer<RoutingHandler> pages) {
        RoutingHandler handler = new RoutingHandler();
        pages.accept(handler);
        for (Route route : routes) {
            handler.add(route.method(), route.template(), http -> exchange.handle(http, route));
            if (route.mount() == Route.Mount.GATEWAY_AND_HARBOR) {
                handler.add(route.method(), "/harbor" + route.template(), http -> exchange.handle(http, route));
            }
        }
        HttpHandler unknown =
                http -> Exchanges.write(http, ApiException.notFound().reply(Exchanges.requestId()));
        return handler.setFallbackHandler(unknown).setInvalidMethodHandler(unknown);
    }
}
