package ai.paybond.kit.fuzz;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the other modules' vector files hold, to start from. */
final class Vectors {
    private static final int LARGEST = 4_000;
    private static final int SMALLEST = 40;

    private Vectors() {}

    /** Every object inside the files whose names begin like this. */
    static List<String> objects(String module, String name) {
        List<String> found = new ArrayList<>();
        for (JsonValue file : files(module, name)) {
            collect(file, found);
        }
        return found;
    }

    /** Every text inside them. */
    static List<String> texts(String module, String name) {
        List<String> found = new ArrayList<>();
        for (JsonValue file : files(module, name)) {
            collectTexts(file, found);
        }
        return found;
    }

    private static List<JsonValue> files(String module, String name) {
        Path directory = Path.of(System.getProperty("paybond.root", ".."), module, "src/test/resources/vectors");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .sorted()
                    .map(Vectors::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonValue read(Path file) {
        try {
            return JsonValue.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(JsonValue value, List<String> found) {
        if (value instanceof JsonObject object) {
            String text = object.toJson();
            if (text.length() >= SMALLEST && text.length() <= LARGEST) {
                found.add(text);
            }
            object.members().values().forEach(member -> collect(member, found));
        } else if (value instanceof JsonArray array) {
            array.items().forEach(item -> collect(item, found));
        }
    }

    private static void collectTexts(JsonValue value, List<String> found) {
        if (value instanceof JsonString string && string.value().length() <= LARGEST) {
            found.add(string.value());
        } else if (value instanceof JsonObject object) {
            object.members().values().forEach(member -> collectTexts(member, found));
        } else if (value instanceof JsonArray array) {
            array.items().forEach(item -> collectTexts(item, found));
        }
    }
}
