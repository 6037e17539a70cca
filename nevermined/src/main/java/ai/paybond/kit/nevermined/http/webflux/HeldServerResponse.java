package ai.paybond.kit.nevermined.http.webflux;

import ai.paybond.kit.nevermined.http.PaidExchange;
import ai.paybond.kit.nevermined.http.PaidExchange.Completion;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A response that is charged for as it goes out. */
final class HeldServerResponse extends ServerHttpResponseDecorator {
    private final ServerHttpResponse response;
    private final PaidExchange paid;

    HeldServerResponse(ServerHttpResponse response, PaidExchange paid) {
        super(response);
        this.response = response;
        this.paid = paid;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        if (body instanceof Mono<?> && paid.settlesBeforeHeaders()) {
            return Mono.from(body).cast(DataBuffer.class).singleOptional().flatMap(buffer -> completion()
                    .flatMap(done -> {
                        if (done.instead() != null) {
                            buffer.ifPresent(DataBufferUtils::release);
                            return replace(done);
                        }
                        done.headers().forEach(response.getHeaders()::set);
                        return response.writeWith(Mono.justOrEmpty(buffer));
                    }));
        }
        return streamed(Flux.from(body), response::writeWith);
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return streamed(Flux.from(body), response::writeAndFlushWith);
    }

    /** Charged after the last part; a client that left after the first pays too. */
    private <T> Mono<Void> streamed(Flux<T> parts, Function<Publisher<T>, Mono<Void>> write) {
        AtomicBoolean begun = new AtomicBoolean();
        return write.apply(parts.doOnNext(part -> begun.set(true)))
                .then(Mono.fromRunnable(this::sent)
                        .subscribeOn(Schedulers.boundedElastic())
                        .then())
                .doOnCancel(() -> {
                    if (begun.get()) {
                        Schedulers.boundedElastic().schedule(this::sent);
                    }
                });
    }

    private void sent() {
        paid.sent(status());
    }

    @Override
    public Mono<Void> setComplete() {
        if (response.isCommitted()) {
            return response.setComplete();
        }
        return completion().flatMap(done -> {
            if (done.instead() != null) {
                return replace(done);
            }
            done.headers().forEach(response.getHeaders()::set);
            return response.setComplete();
        });
    }

    private Mono<Completion> completion() {
        return Mono.fromCallable(() -> paid.complete(status())).subscribeOn(Schedulers.boundedElastic());
    }

    private Mono<Void> replace(Completion done) {
        response.getHeaders().clear();
        return PaidWebFilter.answer(response, Objects.requireNonNull(done.instead()));
    }

    private int status() {
        HttpStatusCode status = response.getStatusCode();
        return status == null ? 200 : status.value();
    }
}
