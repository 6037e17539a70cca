package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers a request, and breaks the answer in the way that was asked for. */
final class FaultyExchange {
    private static final String OTHER_INTENT = "00000000-0000-4000-8000-00000000beef";

    private final Pipeline pipeline;
    private final Function<SandboxRoute, Optional<Fault>> faults;
    private final Clock clock;

    FaultyExchange(Pipeline pipeline, Function<SandboxRoute, Optional<Fault>> faults, Clock clock) {
        this.pipeline = pipeline;
        this.faults = faults;
        this.clock = clock;
    }

    void handle(HttpServerExchange exchange, Route route) throws IOException {
        Request request;
        try {
            request = Exchanges.read(exchange);
        } catch (ApiException e) {
            Exchanges.write(exchange, e.reply(Exchanges.requestId()));
            return;
        }
        Optional<Fault> fault = faults.apply(route.name());
        if (fault.isEmpty()) {
            Exchanges.write(exchange, pipeline.handle(route, request));
        } else {
            spoil(exchange, route, request, fault.get());
        }
    }

    private void spoil(HttpServerExchange exchange, Route route, Request request, Fault fault) throws IOException {
        if (fault instanceof Fault.Status status) {
            if (status.handled()) {
                pipeline.handle(route, request);
            }
            Exchanges.write(exchange, reply(status, request));
        } else if (fault instanceof Fault.ConnectionReset reset) {
            if (reset.handled()) {
                pipeline.handle(route, request);
            }
            Exchanges.drop(exchange);
        } else if (fault instanceof Fault.Delay delay) {
            sleep(delay.delay());
            Exchanges.write(exchange, pipeline.handle(route, request));
        } else if (fault instanceof Fault.DuplicateDelivery) {
            pipeline.handle(route, request);
            Exchanges.write(exchange, pipeline.handle(route, request));
        } else {
            spoilReply(exchange, pipeline.handle(route, request), fault);
        }
    }

    private void spoilReply(HttpServerExchange exchange, Reply reply, Fault fault) throws IOException {
        if (fault instanceof Fault.Altered altered) {
            Exchanges.write(exchange, altered(reply, altered.kind()));
        } else if (fault instanceof Fault.ClockSkew skew) {
            Exchanges.write(exchange, SkewedTimes.of(reply, skew.skew(), clock));
        } else if (fault instanceof Fault.OversizedBody oversized) {
            Exchanges.writeLong(exchange, oversized.bytes());
        } else if (fault instanceof Fault.Garbled garbled && garbled.kind() == Fault.Garbled.Kind.TRUNCATED) {
            Exchanges.writeHalf(exchange, reply);
        } else {
            Exchanges.writeText(exchange, "text/html", "<html><body>Bad gateway</body></html>");
        }
    }

    private static Reply reply(Fault.Status fault, Request request) {
        ApiException error = fault.flat()
                ? ApiException.flat(fault.status(), fault.code(), "Injected by the sandbox.")
                : ApiException.nested(fault.status(), fault.code(), "Injected by the sandbox.");
        Reply reply = error.reply(request.id());
        return fault.retryAfter().isPresent()
                ? reply.withHeader(
                        "retry-after", Integer.toString(fault.retryAfter().getAsInt()))
                : reply;
    }

    private static Reply altered(Reply reply, Fault.Altered.Kind kind) {
        JsonObject body = reply.body();
        JsonObject lie =
                switch (kind) {
                    case WRONG_TENANT -> ofAnotherTenant(body);
                    case WRONG_INTENT -> replace(body, "intent_id", OTHER_INTENT);
                    case ALLOW_AS_STRING ->
                        replace(
                                body,
                                "allow",
                                Boolean.toString(body.bool("allow").orElse(false)));
                    case MISSING_ECHO ->
                        body.without("tenant").without("tenant_id").without("intent_id");
                };
        return new Reply(reply.status(), lie, reply.headers());
    }

    /** Wherever the reply names the tenant, as some do one level down. */
    private static JsonObject ofAnotherTenant(JsonObject body) {
        JsonObject lie = body;
        for (String name : List.of("tenant", "tenant_id", "tenant_realm_id")) {
            lie = body.string(name).isPresent() ? lie.with(name, "tenant-other") : lie;
        }
        for (Map.Entry<String, JsonValue> member : body.members().entrySet()) {
            if (member.getValue() instanceof JsonObject inner) {
                lie = lie.with(member.getKey(), ofAnotherTenant(inner));
            }
        }
        return lie;
    }

    private static JsonObject replace(JsonObject body, String name, String value) {
        return body.has(name) ? body.with(name, value) : body;
    }

    private static void sleep(Duration delay) throws InterruptedIOException {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while delaying a reply");
        }
    }
}
