package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.springai.Attack.Verdict;
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

/** Tries every way to a tool, with and without interception, and holds the README to what comes of it. */
class BypassTest {

    private static final Path README =
            Path.of(System.getProperty("paybond.root"), "spring-ai-integration", "README.md");
    private static final String HEAD = "| Way to a tool |";

    @ParameterizedTest
    @EnumSource(WayToATool.class)
    void isAsTheReadmeSays(WayToATool way) throws IOException {
        assertThat(way.tryIt(false)).isEqualTo(promised(2).get(way.title));
    }

    @ParameterizedTest
    @EnumSource(WayToATool.class)
    void isAsTheReadmeSaysWhenMethodsAreIntercepted(WayToATool way) throws IOException {
        assertThat(way.tryIt(true)).isEqualTo(promised(3).get(way.title));
    }

    @Test
    void listsEveryWayInTheReadmeAndNoOther() throws IOException {
        List<String> tried =
                Arrays.stream(WayToATool.values()).map(way -> way.title).toList();

        assertThat(promised(2).keySet()).containsExactlyElementsOf(tried);
    }

    private static Map<String, Verdict> promised(int column) throws IOException {
        Map<String, Verdict> promised = new LinkedHashMap<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(README)) {
            inTable = line.startsWith(HEAD) || (inTable && line.startsWith("|"));
            if (inTable && !line.startsWith(HEAD) && !line.startsWith("|---")) {
                String[] cells = line.split("\\|", -1);
                promised.put(cells[1].strip(), verdictIn(cells[column].strip()));
            }
        }
        return promised;
    }

    /** The first word says it, the rest explains. */
    private static Verdict verdictIn(String cell) {
        return Verdict.valueOf(cell.split("[^a-z]", 2)[0].toUpperCase(Locale.ROOT));
    }
}
