package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.springai.web.CallerGuards;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the README to the properties that there are. */
class WebReadmeTest {

    private static final Pattern PROPERTY = Pattern.compile("(?m)^\\| `(paybond\\.[a-z.-]+[a-z])` \\| [^|]*\\| ");

    @Test
    void namesEveryPropertyAndNoOther() throws IOException {
        String readme = Files.readString(
                Path.of(System.getProperty("paybond.root"), "spring-ai-integration", "web", "README.md"));
        String jar = CallerGuards.class.getProtectionDomain().getCodeSource().getLocation() + "";
        List<String> known;
        try (InputStream metadata = URI.create(jar + "META-INF/spring-configuration-metadata.json")
                .toURL()
                .openStream()) {
            known = JsonObject.parse(metadata.readAllBytes()).array("properties").orElseThrow().items().stream()
                    .map(property -> ((JsonObject) property).string("name").orElseThrow())
                    .toList();
        }

        assertThat(PROPERTY.matcher(readme).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(known);
    }
}
