package ai.paybond.kit.internal.yaml;

import ai.paybond.kit.wire.json.JsonValue;
import java.util.Map;

/**
 * What a text says, and where.
 *
 * @param root the document's value
 * @param positions where each member's name and each array's item begins, by JSON pointer
 */
public record YamlDocument(JsonValue root, Map<String, Position> positions) {
    public YamlDocument {
        positions = Map.copyOf(positions);
    }
}
