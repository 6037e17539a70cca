package ai.paybond.kit.internal.yaml;

import ai.paybond.kit.internal.yaml.RejectedYamlException.Fault;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Reads one document of YAML 1.2 under its JSON schema, from the library's events and not from its objects: nothing is
 * instantiated, expanded or merged. Refuses what JSON does not have (anchors, aliases, tags, several documents), names
 * that stand twice, and deep nesting.
 */
public final class YamlReader {
    private static final int LONGEST_NAME = 128;
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setAllowDuplicateKeys(false)
            .build();

    private final Iterator<Event> events;
    private final int maxDepth;
    private final Map<String, Position> positions = new HashMap<>();

    private YamlReader(Iterator<Event> events, int maxDepth) {
        this.events = events;
        this.maxDepth = maxDepth;
    }

    /**
     * @param maxDepth deepest nesting of mappings and sequences
     * @throws RejectedYamlException for anything else than one document of plain values
     */
    public static YamlDocument read(String text, int maxDepth) throws RejectedYamlException {
        try {
            return new YamlReader(new Parse(SETTINGS).parseString(text).iterator(), maxDepth).document();
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(YamlReader::at).orElse(Position.START);
            throw new RejectedYamlException(Fault.SYNTAX, "", at);
        } catch (YamlEngineException e) {
            throw new RejectedYamlException(Fault.SYNTAX, "", Position.START);
        }
    }

    private YamlDocument document() throws RejectedYamlException {
        events.next(); // the stream's start
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            throw rejected(Fault.EMPTY, "", start);
        }
        if (!((DocumentStartEvent) start).getTags().isEmpty()) {
            throw rejected(Fault.TAG, "", start);
        }
        JsonValue root = value(events.next(), "", 0);
        events.next(); // the document's end
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw rejected(Fault.DOCUMENTS, "", end);
        }
        return new YamlDocument(root, positions);
    }

    private JsonValue value(Event event, String path, int depth) throws RejectedYamlException {
        positions.putIfAbsent(path, at(event));
        requirePlain(event, path);
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, path);
        }
        if (depth >= maxDepth) {
            throw rejected(Fault.DEPTH, path, event);
        }
        return event instanceof MappingStartEvent ? object(path, depth) : array(path, depth);
    }

    private static void requirePlain(Event event, String path) throws RejectedYamlException {
        Optional<Anchor> anchor = event instanceof NodeEvent node ? node.getAnchor() : Optional.empty();
        if (event instanceof AliasEvent || anchor.isPresent()) {
            throw rejected(Fault.ALIAS, path, event);
        }
        boolean tagged = event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
                || event instanceof MappingStartEvent mapping
                        && mapping.getTag().isPresent()
                || event instanceof SequenceStartEvent sequence
                        && sequence.getTag().isPresent();
        if (tagged) {
            throw rejected(Fault.TAG, path, event);
        }
    }

    private JsonObject object(String path, int depth) throws RejectedYamlException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            String name = name(key, path);
            String place = pointer(path, name);
            if (members.containsKey(name)) {
                throw rejected(Fault.DUPLICATE_KEY, place, key);
            }
            positions.put(place, at(key));
            members.put(name, value(events.next(), place, depth + 1));
        }
        return new JsonObject(members);
    }

    private JsonArray array(String path, int depth) throws RejectedYamlException {
        List<JsonValue> items = new ArrayList<>();
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            items.add(value(item, pointer(path, Integer.toString(items.size())), depth + 1));
        }
        return new JsonArray(items);
    }

    private static String name(Event key, String path) throws RejectedYamlException {
        requirePlain(key, path);
        if (!(key instanceof ScalarEvent scalar) || !tag(scalar).equals(Tag.STR)) {
            throw rejected(Fault.KEY, path, key);
        }
        String name = scalar.getValue();
        boolean readable = name.chars().noneMatch(Character::isISOControl);
        if (name.isEmpty() || name.length() > LONGEST_NAME || !readable || name.equals("<<")) {
            throw rejected(Fault.KEY, path, key);
        }
        return name;
    }

    private static JsonValue scalar(ScalarEvent scalar, String path) throws RejectedYamlException {
        String text = scalar.getValue();
        Tag tag = tag(scalar);
        if (tag.equals(Tag.NULL)) {
            return JsonNull.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return JsonBoolean.of(Boolean.parseBoolean(text));
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? number(scalar, path) : new JsonString(text);
    }

    private static JsonNumber number(ScalarEvent scalar, String path) throws RejectedYamlException {
        try {
            return new JsonNumber(scalar.getValue());
        } catch (IllegalArgumentException e) {
            throw rejected(Fault.NUMBER, path, scalar);
        }
    }

    private static Tag tag(ScalarEvent scalar) {
        boolean implicit = scalar.getImplicit().canOmitTagInPlainScalar();
        return SETTINGS.getSchema().getScalarResolver().resolve(scalar.getValue(), implicit);
    }

    /** The JSON pointer of a member or an item. */
    public static String pointer(String path, String token) {
        return path + "/" + token.replace("~", "~0").replace("/", "~1");
    }

    private static RejectedYamlException rejected(Fault fault, String path, Event event) {
        return new RejectedYamlException(fault, path, at(event));
    }

    private static Position at(Event event) {
        return event.getStartMark().map(YamlReader::at).orElse(Position.START);
    }

    private static Position at(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
