package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.paybond.kit.sandbox.junit.SandboxExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The trace page in a real Chromium; skipped, with a message, where there is none. Pictures are left in target/trace. */
class TraceBrowserTest {
    private static final Path PICTURES = Path.of("target", "trace");
    static final Optional<Path> CHROMIUM = Stream.of(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(folder ->
                    Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    @TempDir
    Path profile;

    private final Sandbox sandbox = SANDBOX.sandbox();
    private Scenario scenario;

    @BeforeEach
    void somethingToShow() {
        assumeTrue(CHROMIUM.isPresent(), "No Chromium on the path: install Debian's chromium to run this test.");
        scenario = Scenario.in(sandbox);
        String token = scenario.created();
        scenario.client.post(
                "/verify", scenario.verifyBody(token, OPERATION, 18_700).with("tool_call_id", "call-7"));
        scenario.verify(token, "travel.cancel<b>", 100);
        scenario.verify(token, OPERATION, 2_000);
        scenario.client.post(
                "/v1/agent-runs/run-1/trace-events",
                "{\"events\":[{\"type\":\"tool_executed\",\"toolCallId\":\"call-7\"}]}");
        scenario.submit("{\"status\":\"completed\"}");
        scenario.confirm();
        Scenario.in(sandbox).rail("x402_usdc_base").create();
    }

    @Test
    void drawsWhatHappenedWithoutBreakingItsOwnRules() throws Exception {
        Page page = dom("");

        assertThat(page.text())
                .contains("budget_exceeded")
                .contains("travel.cancel&lt;b&gt;")
                .contains("evidence_submitted")
                .contains(scenario.intentId)
                .contains("x402_usdc_base");
        assertThat(page.log()).doesNotContain("Content Security Policy").doesNotContain("Uncaught");
    }

    @Test
    void opensTheViewThatTheAddressNames() throws Exception {
        assertThat(dom("#/ledger").text())
                .contains("id=\"tab-ledger\" aria-controls=\"ledger\" aria-selected=\"true\"");
    }

    @Test
    void takesPicturesOfEveryViewInBothThemesWideAndNarrow() throws Exception {
        Files.createDirectories(PICTURES);
        try (Browser browser = new Browser(CHROMIUM.orElseThrow(), profile.resolve("pictures"), 1280, 900)) {
            browser.open(sandbox.baseUrl().resolve("/"));
            browser.await("document.getElementById('live').dataset.state === 'live'");
            for (int width : new int[] {1280, 390}) {
                browser.resize(width, 844);
                for (String theme : List.of("light", "dark")) {
                    browser.prefer(theme);
                    for (String view : List.of("timeline", "denials", "intents", "ledger")) {
                        browser.eval("document.getElementById('tab-" + view + "').click()");
                        Path picture = PICTURES.resolve(view + "-" + theme + "-" + width + ".png");
                        browser.takePicture(picture);
                        assertThat(Files.size(picture)).isGreaterThan(5_000);
                        assertThat(browser.eval("document.documentElement.scrollWidth <= innerWidth"))
                                .as("%s fits %d", view, width)
                                .isEqualTo("true");
                    }
                }
            }
        }
    }

    private record Page(String text, String log) {}

    private Page dom(String fragment) throws IOException, InterruptedException {
        return chromium(fragment, "--dump-dom");
    }

    private Page chromium(String fragment, String... options) throws IOException, InterruptedException {
        Path out = profile.resolve("out");
        Path log = profile.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                CHROMIUM.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--enable-logging=stderr",
                "--timeout=4000",
                "--user-data-dir=" + profile.resolve("chromium")));
        command.addAll(List.of(options));
        command.add(sandbox.baseUrl() + "/" + fragment);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("Chromium came to an end")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Page(Files.readString(out), Files.readString(log));
    }
}
