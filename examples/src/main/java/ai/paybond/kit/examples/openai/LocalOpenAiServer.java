package ai.paybond.kit.examples.openai;

import ai.paybond.kit.examples.http.BodyTooLargeException;
import ai.paybond.kit.examples.http.JsonExchange;
import ai.paybond.kit.examples.http.LoopbackServer;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An OpenAI-compatible server on loopback that plays scenarios: {@code POST /v1/chat/completions}, streamed or not, and
 * {@code GET /v1/models}. Every answer depends on the request alone, so one server serves any number of agents at once.
 *
 * <p>It asks for a bearer key but accepts any. What it does not understand it refuses as the provider does, with status
 * 400, 401 or 404 and {@code {"error": {"message", "type", "param", "code"}}}. Thread-safe.
 */
public final class LocalOpenAiServer implements AutoCloseable {
    private final Clock clock;
    private final Map<String, Scenario> scenarios;
    private final List<ChatRequest> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong completions = new AtomicLong();
    private final AtomicLong toolCalls = new AtomicLong();
    private final LoopbackServer server;

    private LocalOpenAiServer(Clock clock, Map<String, Scenario> scenarios) {
        this.clock = clock;
        this.scenarios = scenarios;
        this.server = LoopbackServer.start(refusing(Handlers.routing()
                .post("/v1/chat/completions", authorized(this::complete))
                .get("/v1/models", authorized(this::listModels))
                .setFallbackHandler(LocalOpenAiServer::unknownUrl)
                .setInvalidMethodHandler(LocalOpenAiServer::unknownUrl)));
    }

    /** Starts a server whose models are {@code scenarios}. */
    public static LocalOpenAiServer start(Clock clock, Scenario... scenarios) {
        return new LocalOpenAiServer(
                clock,
                Stream.of(scenarios).collect(Collectors.toUnmodifiableMap(Scenario::model, Function.identity())));
    }

    /** What an OpenAI client takes as its base URL; it ends in {@code /v1}. */
    public URI baseUrl() {
        return server.uri().resolve("/v1");
    }

    /** Every chat request that was understood since the start, oldest first. */
    public List<ChatRequest> requests() {
        return List.copyOf(requests);
    }

    private void complete(HttpServerExchange exchange) throws IOException {
        JsonExchange json = new JsonExchange(exchange);
        ChatRequest request = ChatRequest.parse(json.body());
        requests.add(request);
        Completion completion = completion(request);
        if (request.stream()) {
            stream(exchange, completion.chunks(request.includeUsage()));
        } else {
            json.reply(200, completion.whole());
        }
    }

    private Completion completion(ChatRequest request) {
        ModelReply reply = Optional.ofNullable(scenarios.get(request.model()))
                .orElseThrow(() -> OpenAiException.unknownModel(request.model()))
                .reply(request)
                .orElseThrow(OpenAiException::offScript);
        return new Completion(
                "chatcmpl-" + completions.incrementAndGet(),
                clock.instant(),
                request.model(),
                reply,
                callIds(reply),
                usage(request, reply));
    }

    private List<String> callIds(ModelReply reply) {
        return reply instanceof ModelReply.ToolCalls turn
                ? turn.calls().stream()
                        .map(call -> call.id().orElseGet(this::drawnId))
                        .toList()
                : List.of();
    }

    private String drawnId() {
        return String.format(Locale.ROOT, "call_%08d", toolCalls.incrementAndGet());
    }

    private static Completion.Usage usage(ChatRequest request, ModelReply reply) {
        int prompt = request.messages().stream()
                .mapToInt(message -> message.text().length())
                .sum();
        return new Completion.Usage(prompt / 4 + 1, reply.length() / 4 + 1);
    }

    private static void stream(HttpServerExchange exchange, Collection<JsonObject> chunks) throws IOException {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        OutputStream out = exchange.getOutputStream();
        for (JsonObject chunk : chunks) {
            event(out, chunk.toJson());
        }
        event(out, "[DONE]");
        exchange.endExchange();
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void listModels(HttpServerExchange exchange) {
        List<JsonObject> models = scenarios.keySet().stream()
                .sorted()
                .map(id -> JsonObject.builder()
                        .put("id", id)
                        .put("object", "model")
                        .put("created", clock.instant().getEpochSecond())
                        .put("owned_by", "paybond-kit-examples")
                        .build())
                .toList();
        new JsonExchange(exchange)
                .reply(
                        200,
                        JsonObject.builder()
                                .put("object", "list")
                                .put("data", models)
                                .build());
    }

    private static HttpHandler authorized(HttpHandler next) {
        return exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
            if (authorization == null || !authorization.matches("Bearer \\S+")) {
                throw OpenAiException.unauthorized();
            }
            next.handleRequest(exchange);
        };
    }

    private static void unknownUrl(HttpServerExchange exchange) {
        throw OpenAiException.unknownUrl(exchange.getRequestMethod().toString(), exchange.getRequestPath());
    }

    private static HttpHandler refusing(HttpHandler routes) {
        return exchange -> {
            try {
                routes.handleRequest(exchange);
            } catch (OpenAiException e) {
                refuse(exchange, e);
            } catch (JsonException e) {
                refuse(exchange, OpenAiException.badBody("The body of your request is not valid JSON."));
            } catch (BodyTooLargeException e) {
                refuse(exchange, OpenAiException.badBody("The body of your request is too large."));
            }
        };
    }

    private static void refuse(HttpServerExchange exchange, OpenAiException refusal) {
        new JsonExchange(exchange).reply(refusal.status(), refusal.toJson());
    }

    @Override
    public void close() {
        server.close();
    }
}
