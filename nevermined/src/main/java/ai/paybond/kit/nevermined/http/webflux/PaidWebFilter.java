package ai.paybond.kit.nevermined.http.webflux;

import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.http.Entry;
import ai.paybond.kit.nevermined.http.PaidExchange;
import ai.paybond.kit.nevermined.http.PaidRoutes;
import ai.paybond.kit.nevermined.http.PaymentDemand;
import java.util.Objects;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sells the routes of a WebFlux server. A response of one value is charged before it is sent, with its receipt in the header; one of
 * many is charged after its last value. Nevermined is asked on the bounded elastic scheduler, never on an event loop.
 */
public final class PaidWebFilter implements WebFilter {
    /** The exchange attribute under which a handler finds the {@link PaidExchange} of a paid request. */
    public static final String ATTRIBUTE = "ai.paybond.kit.nevermined.payment";

    private final PaidRoutes routes;

    public PaidWebFilter(PaidRoutes routes) {
        this.routes = Objects.requireNonNull(routes, "routes");
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String method = request.getMethod().name();
        String path = request.getURI().getRawPath();
        if (!routes.sells(method, path)) {
            return chain.filter(exchange);
        }
        return Mono.fromCallable(() -> routes.enter(
                        method,
                        path,
                        request.getURI().getRawQuery(),
                        request.getHeaders().getFirst(X402AccessToken.HEADER)))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(entry -> proceed(entry, exchange, chain));
    }

    private static Mono<Void> proceed(Entry entry, ServerWebExchange exchange, WebFilterChain chain) {
        if (entry instanceof Entry.Unpaid unpaid) {
            return answer(exchange.getResponse(), unpaid.demand());
        }
        if (!(entry instanceof Entry.Paid paid)) {
            return chain.filter(exchange);
        }
        PaidExchange open = paid.exchange();
        exchange.getAttributes().put(ATTRIBUTE, open);
        ServerWebExchange held = exchange.mutate()
                .response(new HeldServerResponse(exchange.getResponse(), open))
                .build();
        return chain.filter(held).doFinally(signal -> open.cancel());
    }

    static Mono<Void> answer(ServerHttpResponse response, PaymentDemand demand) {
        response.setStatusCode(HttpStatusCode.valueOf(PaymentDemand.STATUS));
        demand.headers().forEach(response.getHeaders()::set);
        byte[] body = demand.bytes();
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}
