package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same jars without Spring Security: nobody is anybody unless the container says so, and a role is nobody's. */
class WithoutSpringSecurityTest {
    private static final String SECURITY = "spring-(boot-|boot-starter-)?security.*\\.jar";

    @TempDir
    private static Path scratch;

    private static JsonObject answers;

    @BeforeAll
    static void askAProcessThatHasNone() throws Exception {
        String path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(SECURITY))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(path).hasSizeLessThan(System.getProperty("java.class.path").length());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + scratch,
                        "-cp",
                        path,
                        UnsecuredApplication.class.getName(),
                        "SERVLET",
                        "REACTIVE")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            Optional<String> last = said.lines().reduce((earlier, later) -> later);
            assertThat(process.waitFor()).as("%s", last).isZero();
            answers = JsonObject.parse(last.orElseThrow());
        }
    }

    private static String answer(String type, String question) {
        return answers.object(type).orElseThrow().string(question).orElseThrow();
    }

    @Test
    void runsNothingForNobodyInAServletApplication() {
        assertThat(answer("SERVLET", "nobody calls")).startsWith("200 ").contains("tool.not_attached");
        assertThat(answer("SERVLET", "nobody lists")).startsWith("401 ").contains("approval.unauthenticated");
        assertThat(answer("SERVLET", "ran for nobody")).isEqualTo("[]");
    }

    @Test
    void goesByThePrincipalOfTheContainerAndLetsNobodyApproveByRole() {
        assertThat(answer("SERVLET", "ann calls")).startsWith("200 ").contains("booked for 500");
        assertThat(answer("SERVLET", "ann splurges")).startsWith("200 ").contains("approval");
        assertThat(answer("SERVLET", "ann lists")).isEqualTo("200 {\"waiting\":[]}");
        assertThat(answer("SERVLET", "ran")).isEqualTo("[book 500]");
    }

    @Test
    void runsNothingInAReactiveApplicationThatKnowsNobody() {
        assertThat(answer("REACTIVE", "nobody calls")).startsWith("200 ").contains("tool.not_attached");
        assertThat(answer("REACTIVE", "nobody lists")).startsWith("401 ").contains("approval.unauthenticated");
        assertThat(answer("REACTIVE", "ran")).isEqualTo("[]");
    }
}
