package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.paybond.kit.sandbox.junit.SandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The trace page by keyboard alone, in a real Chromium; skipped, with a message, where there is none. */
class TraceKeyboardTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    @TempDir
    Path profile;

    private final Sandbox sandbox = SANDBOX.sandbox();
    private Scenario scenario;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(
                TraceBrowserTest.CHROMIUM.isPresent(),
                "No Chromium on the path: install Debian's chromium to run this test.");
        scenario = Scenario.in(sandbox);
        String token = scenario.created();
        scenario.verify(token, OPERATION, 100);
        scenario.verify(token, "travel.cancel", 100);
        browser = new Browser(TraceBrowserTest.CHROMIUM.orElseThrow(), profile, 1280, 900);
        browser.open(sandbox.baseUrl().resolve("/"));
        browser.await("document.getElementById('live').dataset.state === 'live'");
    }

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private String focused() throws Exception {
        return browser.eval("document.activeElement.id || document.activeElement.className");
    }

    private String shown() throws Exception {
        return browser.eval("[...document.querySelectorAll('[role=tabpanel]:not([hidden])')].map(p => p.id).join()");
    }

    @Test
    void reachesEverythingInReadingOrder() throws Exception {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            browser.press("Tab");
            order.append(focused()).append(' ');
        }

        assertThat(order).hasToString("skip search theme tab-timeline timeline ");
    }

    @Test
    void skipsToTheContent() throws Exception {
        browser.press("Tab");
        browser.press("Enter");

        browser.await("location.hash === '#main'");
    }

    @Test
    void walksThroughTheViewsAndRoundAgain() throws Exception {
        browser.eval("document.getElementById('tab-timeline').focus()");
        browser.press("ArrowRight");
        assertThat(shown()).isEqualTo("denials");
        assertThat(focused()).isEqualTo("tab-denials");

        browser.press("End");
        assertThat(shown()).isEqualTo("ledger");
        browser.press("ArrowRight");
        assertThat(shown()).isEqualTo("timeline");
        browser.press("ArrowLeft");
        assertThat(shown()).isEqualTo("ledger");
        browser.press("Home");
        assertThat(shown()).isEqualTo("timeline");
        assertThat(browser.eval("document.getElementById('tab-timeline').getAttribute('aria-selected')"))
                .isEqualTo("true");
    }

    @Test
    void searchesFromAnywhereAndForgetsAtEscape() throws Exception {
        String all = browser.eval("document.querySelectorAll('#timeline li').length");
        browser.press("/");
        assertThat(focused()).isEqualTo("search");
        browser.type("operation_not_allowed");

        browser.await(
                "[...document.querySelectorAll('#timeline li')].every(li => li.textContent.includes('operation_not_allowed'))");
        assertThat(browser.eval("document.querySelectorAll('#timeline li').length"))
                .isNotEqualTo("0")
                .isNotEqualTo(all);
        browser.press("Escape");
        assertThat(browser.eval("document.querySelectorAll('#timeline li').length"))
                .isEqualTo(all);
    }

    @Test
    void saysThatNothingMatches() throws Exception {
        browser.press("/");
        browser.type("no such thing");

        browser.await("!document.querySelector('#timeline .empty').hidden");
    }

    @Test
    void verifiesTheLedgersAtThePressOfAKey() throws Exception {
        browser.eval("document.getElementById('tab-timeline').focus()");
        browser.press("End");
        browser.press("Tab");
        browser.press("Tab");
        assertThat(focused()).isEqualTo("verify");
        browser.press("Enter");

        browser.await("document.getElementById('verdict').className === 'ok'");
        assertThat(browser.eval("document.getElementById('verdict').textContent"))
                .startsWith("whole: ");
    }

    @Test
    void showsWhatHappensWhileItIsOpen() throws Exception {
        Scenario later = Scenario.in(sandbox);
        later.created();

        browser.await("document.body.textContent.includes('" + later.intentId + "')");
    }

    @Test
    void changesItsColoursAtThePressOfAKey() throws Exception {
        browser.prefer("light");
        String light = browser.eval("getComputedStyle(document.body).backgroundColor");
        browser.eval("document.getElementById('theme').focus()");
        browser.press("Enter");
        browser.press("Enter");

        assertThat(browser.eval("document.documentElement.dataset.theme")).isEqualTo("dark");
        assertThat(browser.eval("getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(light);
        Path picture = Path.of("target", "trace", "timeline-chosen-dark-1280.png");
        Files.createDirectories(picture.getParent());
        browser.takePicture(picture);
        assertThat(picture).exists();
    }
}
