package ai.paybond.kit.wire.json;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Text;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the value tree from Jackson's token stream. */
final class JsonReader {
    /** Digits of one number; a double never needs more than 1100 to be told from its neighbours. */
    private static final int MAX_NUMBER = 1100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonLimits.DEEPEST + 1)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final JsonLimits limits;

    private JsonReader(JsonParser parser, JsonLimits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    static JsonValue read(byte[] utf8, JsonLimits limits) {
        if (utf8.length > 4L * limits.maxChars()) {
            throw new JsonException("json.size", "", -1);
        }
        try {
            return read(Text.ofUtf8(utf8, "json.utf8"), limits);
        } catch (JsonException e) {
            throw e;
        } catch (WireException e) {
            throw new JsonException(e.code(), "", -1);
        }
    }

    static JsonValue read(String json, JsonLimits limits) {
        if (json.length() > limits.maxChars()) {
            throw new JsonException("json.size", "", -1);
        }
        try (JsonParser parser = FACTORY.createParser(json)) {
            return new JsonReader(parser, limits).document();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string", e);
        }
    }

    private JsonValue document() throws IOException {
        try {
            JsonValue value = value(next(), 0);
            if (next() != JsonToken.NOT_AVAILABLE) {
                throw fault("json.syntax");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw fault("json.number_length");
        } catch (JsonProcessingException e) {
            throw fault("json.syntax");
        }
    }

    /** The next token, {@code NOT_AVAILABLE} standing for the end of the text. */
    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        return token == null ? JsonToken.NOT_AVAILABLE : token;
    }

    private JsonValue value(JsonToken token, int depth) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> new JsonString(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw fault("json.syntax");
        };
    }

    private JsonObject object(int depth) throws IOException {
        requireDepth(depth);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (next() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean twice = members.containsKey(name);
            if (twice && limits.duplicateKeys() == JsonLimits.DuplicateKeys.REFUSE) {
                throw fault("json.duplicate_key");
            }
            members.put(name, value(next(), depth));
        }
        return new JsonObject(members);
    }

    private JsonArray array(int depth) throws IOException {
        requireDepth(depth);
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            items.add(value(token, depth));
        }
        return new JsonArray(items);
    }

    private void requireDepth(int depth) {
        if (depth > limits.maxDepth()) {
            throw fault("json.depth");
        }
    }

    private JsonException fault(String code) {
        JsonLocation location = parser.currentLocation();
        return new JsonException(
                code, parser.getParsingContext().pathAsPointer().toString(), location.getCharOffset());
    }
}
