package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the members of a request body; what is there but of the wrong type is a {@code validation_error}. */
public record Members(JsonObject body) {
    private static final int MAX_TEXT = 256;

    /** A member that is absent or JSON null. */
    private Optional<JsonValue> value(String name) {
        @Nullable JsonValue value = body.get(name);
        return value == null || value instanceof JsonNull ? Optional.empty() : Optional.of(value);
    }

    /** A non-blank text of at most 256 characters. */
    public String text(String name) {
        return optionalText(name).filter(text -> !text.isBlank()).orElseThrow(() -> wrong(name, "a non-blank string"));
    }

    public Optional<String> optionalText(String name) {
        Optional<String> text = anyText(name);
        if (text.isPresent() && text.get().length() > MAX_TEXT) {
            throw wrong(name, "at most 256 characters");
        }
        return text;
    }

    /** A text of any length. */
    public Optional<String> anyText(String name) {
        return value(name).map(value -> {
            if (value instanceof JsonString text) {
                return text.value();
            }
            throw wrong(name, "a string");
        });
    }

    public Optional<Long> optionalInteger(String name) {
        return value(name).map(value -> body.integer(name).orElseThrow(() -> wrong(name, "a whole number")));
    }

    public Optional<Boolean> optionalBool(String name) {
        return value(name).map(value -> body.bool(name).orElseThrow(() -> wrong(name, "true or false")));
    }

    public Optional<JsonObject> optionalObject(String name) {
        return value(name).map(value -> body.object(name).orElseThrow(() -> wrong(name, "an object")));
    }

    public List<String> texts(String name) {
        return value(name)
                .map(value -> body.array(name)
                        .flatMap(JsonArray::strings)
                        .orElseThrow(() -> wrong(name, "a list of strings")))
                .orElse(List.of());
    }

    private static ApiException wrong(String name, String must) {
        return ApiException.invalid(name + " must be " + must + ".");
    }
}
