package ai.paybond.kit.examples.http;

import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;

/** One request with a JSON body and its JSON answer. */
public record JsonExchange(HttpServerExchange exchange) {
    /** The longest body that is read, in bytes. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    /**
     * Reads the body as a JSON object.
     *
     * @throws BodyTooLargeException when it is longer than {@link #MAX_BODY_BYTES}
     * @throws JsonException when it is not a JSON object
     */
    public JsonObject body() {
        return JsonObject.parse(bytes());
    }

    /** The part of the path that the route's template calls {@code name}; empty when it has none of that name. */
    public String pathParameter(String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? "" : values.getFirst();
    }

    /** Ends the exchange with {@code body} under {@code status}. */
    public void reply(int status, JsonValue body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        write(body.toJson());
    }

    private void write(String text) {
        try {
            exchange.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.endExchange();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes() {
        try {
            byte[] read = exchange.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
            if (read.length > MAX_BODY_BYTES) {
                throw new BodyTooLargeException(MAX_BODY_BYTES);
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
