package ai.paybond.kit.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.langchain4j.Attack.Verdict;
import dev.langchain4j.service.tool.ToolService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tries every way to a tool and holds the README to what comes of it. Runs without strict mode, and again under it. */
abstract class BypassSuite {
    private static final Path README =
            Path.of(System.getProperty("paybond.root"), "langchain4j-integration", "README.md");

    /** What is tried, and under which mode. */
    abstract Verdict tryOut(WayToATool way);

    /** Which cell of a row says what is to be expected. */
    abstract int column();

    @ParameterizedTest
    @EnumSource(WayToATool.class)
    void isAsTheReadmeSays(WayToATool way) throws IOException {
        assertThat(tryOut(way)).isEqualTo(promised().get(way.title));
    }

    @Test
    void listsEveryWayInTheReadmeAndNoOther() throws IOException {
        List<String> tried =
                Arrays.stream(WayToATool.values()).map(way -> way.title).toList();

        assertThat(promised().keySet()).containsExactlyElementsOf(tried);
    }

    @Test
    void triesTheLangChain4jThatTheBuildNames() {
        assertThat(ToolService.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("langchain4j-" + System.getProperty("paybond.langchain4j") + ".jar");
    }

    private Map<String, Verdict> promised() throws IOException {
        Map<String, Verdict> promised = new LinkedHashMap<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(README)) {
            inTable = line.startsWith("| Way to a tool |") || (inTable && line.startsWith("|"));
            if (inTable && !line.startsWith("| Way to a tool |") && !line.startsWith("|---")) {
                String[] cells = line.split("\\|", -1);
                promised.put(cells[1].strip(), verdictIn(cells[column()].strip()));
            }
        }
        return promised;
    }

    /** The first word says it, the rest explains. */
    private static Verdict verdictIn(String cell) {
        return Verdict.valueOf(cell.split("[^a-z]", 2)[0].toUpperCase(Locale.ROOT));
    }
}
