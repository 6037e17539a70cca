package ai.paybond.kit.springai.web;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.springai.TurnGuard;
import java.util.Objects;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The guard of the caller of the reactive request that a turn belongs to, found through the Reactor context: no thread is bound to
 * anything. Needs {@link ServerWebExchangeContextFilter}, after Spring Security's. A blocking {@code call()} has no Reactor
 * context, so that its tools are denied; stream instead, or open a handle. Thread-safe.
 */
public final class ReactiveCallers implements TurnGuard {

    private final CallerGuards guards;

    public ReactiveCallers(CallerGuards guards) {
        this.guards = Objects.requireNonNull(guards, "guards");
    }

    @Override
    public Mono<ToolGuard> guardFor(ChatClientRequest request) {
        return Mono.deferContextual(context -> ServerWebExchangeContextFilter.getExchange(context)
                        .map(ReactiveCallers::callerOf)
                        .orElse(Mono.empty()))
                .publishOn(Schedulers.boundedElastic())
                .mapNotNull(guards::guardOf);
    }

    private static Mono<Caller> callerOf(ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .map(principal -> new Caller(principal, exchange.getRequest().getHeaders()))
                .switchIfEmpty(Mono.fromSupplier(
                        () -> new Caller(null, exchange.getRequest().getHeaders())));
    }
}
