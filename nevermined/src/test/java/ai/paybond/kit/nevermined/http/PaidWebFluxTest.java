package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.nevermined.http.webflux.PaidWebFilter;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** WebFlux on Reactor Netty. */
class PaidWebFluxTest extends PaidServerContract {
    private DisposableServer server;

    @Override
    protected URI start(PaidRoutes routes) {
        RouterFunction<ServerResponse> router = RouterFunctions.route()
                .GET("/{kind}/hello", request -> ServerResponse.ok().bodyValue("hello"))
                .GET("/{kind}/unprocessable", request -> ServerResponse.status(422)
                        .build())
                .GET("/{kind}/broken", PaidWebFluxTest::broken)
                .GET("/{kind}/stream", PaidWebFluxTest::stream)
                .build();
        HttpHandler handler = RouterFunctions.toHttpHandler(
                router,
                HandlerStrategies.builder().webFilter(new PaidWebFilter(routes)).build());
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        return URI.create("http://127.0.0.1:" + server.port());
    }

    private static Mono<ServerResponse> broken(ServerRequest request) {
        return Mono.error(new IllegalStateException("broken"));
    }

    private static Mono<ServerResponse> stream(ServerRequest request) {
        return ServerResponse.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(Flux.just("one", "two"), String.class);
    }

    @Override
    protected void stop() {
        server.disposeNow();
    }
}
