package ai.paybond.kit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/security.md} claims, it claims with a test; each of those is there under the name that it gives. */
class SecurityPageTest {
    private static final Path ROOT = Path.of(System.getProperty("paybond.root", ".."));
    private static final Pattern NAMED =
            Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|Contract|IT))(?:\\.([a-z][A-Za-z0-9]*))?`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final int FEWEST = 40;

    @Test
    void namesOnlyTestsThatAreThere() throws IOException {
        Map<String, String> sources = sources();
        Matcher named = NAMED.matcher(page());
        int seen = 0;
        while (named.find()) {
            String source = sources.get(named.group(1));
            assertThat(source).as(named.group()).isNotNull();
            if (named.group(2) != null) {
                assertThat(source).as(named.group()).contains("void " + named.group(2) + "(");
            }
            seen++;
        }
        assertThat(seen).isGreaterThan(FEWEST);
    }

    @Test
    void linksOnlyToFilesThatAreThere() throws IOException {
        Matcher link = LINK.matcher(page());
        while (link.find()) {
            assertThat(ROOT.resolve("docs").resolve(link.group(1)))
                    .as(link.group())
                    .exists();
        }
    }

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/security.md"));
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> modules = Files.walk(ROOT, 2)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                read(tests, sources);
            }
        }
        return sources;
    }

    private static void read(Path tests, Map<String, String> sources) throws IOException {
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                sources.merge(name, Files.readString(file), String::concat);
            }
        }
    }
}
