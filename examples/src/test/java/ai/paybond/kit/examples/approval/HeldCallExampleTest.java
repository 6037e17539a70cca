package ai.paybond.kit.examples.approval;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.approval.ConsoleApprover;
import ai.paybond.kit.guard.ToolOutcome.Held;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldCallExampleTest {
    private final Sandbox sandbox = Sandbox.start();
    private final PaybondOptions options = HeldCallExample.options(sandbox);
    private final String intentId;
    private final StringWriter screen = new StringWriter();
    private final HeldCallExample example;

    HeldCallExampleTest(@TempDir Path directory) {
        var run = HeldCallExample.newRun(options);
        this.intentId = run.intentId();
        this.example = new HeldCallExample(options, run, directory.resolve("journal.db"), new PrintWriter(screen));
    }

    @BeforeEach
    void endTheFirstProcess() {
        assertThat(example.firstProcess()).isInstanceOf(Held.class);
        assertThat(evidence()).isEmpty();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void booksExactlyWhatThePersonApproves() throws Exception {
        answer("yes\n");
        assertThat(evidence()).singleElement().satisfies(kept -> assertThat(
                        payload(kept).integer("cost_cents"))
                .contains(18_700L));
        assertThat(screen.toString()).contains("held", "\"hotel\":\"Lutetia\"", "booked, evidence DELIVERED");
    }

    @Test
    void booksNothingThatThePersonRejects() throws Exception {
        answer("no\ntoo dear\n");
        answer("yes\n");
        assertThat(evidence()).isEmpty();
        assertThat(screen.toString()).contains("too dear").doesNotContain("booked");
    }

    @Test
    void booksWhatThePersonWantsInstead() throws Exception {
        answer("edit\n{\"hotel\":\"Ibis\",\"amount_cents\":9900}\n");
        assertThat(evidence()).singleElement().satisfies(kept -> assertThat(
                        payload(kept).integer("cost_cents"))
                .contains(9_900L));
    }

    private void answer(String typed) throws Exception {
        example.nextProcess(new ConsoleApprover(new StringReader(typed), new PrintWriter(screen)));
    }

    private static JsonObject payload(Evidence kept) {
        return (JsonObject) kept.payload();
    }

    private List<Evidence> evidence() {
        return sandbox.records().evidence(intentId);
    }
}
