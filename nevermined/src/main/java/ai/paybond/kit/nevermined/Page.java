package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/**
 * One page of a list.
 *
 * @param items what is on it, as the backend describes it
 * @param total how many entries there are on all pages; the number on this one if the backend did not say
 */
public record Page(List<JsonObject> items, long total) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Reads a reply.
     *
     * @param member what the list is called there
     * @throws NeverminedException {@code reply.malformed} if the list is missing
     */
    public static Page read(JsonObject reply, String member) {
        JsonArray listed =
                reply.array(member).orElseThrow(() -> NeverminedException.malformed(member + " of the reply"));
        List<JsonObject> items = listed.objectItems().toList();
        return new Page(items, reply.integer("total").orElse((long) items.size()));
    }
}
