package ai.paybond.kit.springai;

import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A model's arguments in the one text that guard and tool both read. Spring AI's own reading takes the last of two equal
 * names, cuts 8.9 to an int 8 and turns "7" into 7, so that a tool could run with what nobody checked.
 */
final class ToolArguments {

    static final String EMPTY = "{}";

    private ToolArguments() {}

    /** Blank input is the empty object, as Spring AI has it. */
    static String orEmpty(@Nullable String input) {
        return input == null || input.isBlank() ? EMPTY : input;
    }

    /** The canonical text; what has none comes back as it is, for the guard to refuse. */
    static String canonical(String input) {
        try {
            return CanonicalJson.strict(JsonObject.parse(input));
        } catch (JsonException e) {
            return input;
        }
    }

    /** Whether every argument is of the type that the schema declares; text that is no object is left to the guard. */
    static boolean areOfDeclaredTypes(String canonical, String schema) {
        try {
            return new DeclaredTypes(schema).admits(JsonObject.parse(canonical));
        } catch (JsonException e) {
            return true;
        }
    }
}
