package ai.paybond.kit.wire.conformance;

import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The vector files among the test resources. */
public final class VectorFiles {
    private VectorFiles() {}

    public static JsonObject read(String fileName) {
        try (InputStream in = VectorFiles.class.getResourceAsStream("/vectors/" + fileName)) {
            String text = new String(Objects.requireNonNull(in, fileName).readAllBytes(), StandardCharsets.UTF_8);
            return JsonObject.parse(text, JsonLimits.lenient());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names() {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/vectors"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
