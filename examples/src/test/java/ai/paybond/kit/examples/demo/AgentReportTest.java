package ai.paybond.kit.examples.demo;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.paybond.kit.SessionMode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgentReportTest {
    @Test
    void failsTheScriptedDemoWhenAnAgentDidNothing() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        AgentReport report = new AgentReport(
                SessionMode.GATEWAY, "an intent", new CallTally(new Transcript(nowhere)), Optional.empty());

        assertThatExceptionOfType(DemoFailedException.class)
                .isThrownBy(report::requireScriptedOutcome)
                .withMessage("three calls should have been allowed");
    }
}
