package ai.paybond.kit.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.examples.agents.ModelEndpoint;
import ai.paybond.kit.examples.openai.LocalOpenAiServer;
import ai.paybond.kit.examples.openai.Scenario;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Sandbox;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paused turn against a real HTTP model, a sandbox, and files. */
class PausedTurnExampleTest {
    private final Scenario scenario = Scenario.resource(PausedTurnExample.class, "paused-turn.json");
    private final Sandbox sandbox = Sandbox.start();
    private final LocalOpenAiServer model = LocalOpenAiServer.start(Clock.systemUTC(), scenario);
    private PausedTurnExample example;

    @BeforeEach
    void start(@TempDir Path directory) {
        PaybondOptions options = PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .build();
        try (Paybond paybond = Paybond.open(options)) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
            ModelEndpoint endpoint = new ModelEndpoint(model.baseUrl(), "any", scenario.model());
            example = new PausedTurnExample(options, run, endpoint, directory);
        }
    }

    @AfterEach
    void stop() {
        model.close();
        sandbox.close();
    }

    private ToolExecutionResultMessage result() {
        List<ChatMessage> messages = example.memory().messages();
        return messages.stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .map(ToolExecutionResultMessage.class::cast)
                .reduce((first, second) -> {
                    throw new AssertionError("more than one result");
                })
                .orElseThrow();
    }

    @Test
    void booksInALaterProcessWhatWasApproved() throws Exception {
        assertThat(example.say("Book me a room")).isEqualTo("A person has to approve this first.");
        assertThat(result().text()).contains("paybond_approval_required");

        String answer = example.goOn(waiting -> ApprovalAnswer.approved());

        assertThat(answer).isEqualTo("I have read what became of the booking.");
        assertThat(result().text()).contains("booked").contains("18700");
        assertThat(result().isError()).isFalse();
    }

    @Test
    void booksNothingThatWasRejected() throws Exception {
        example.say("Book me a room");

        example.goOn(waiting -> ApprovalAnswer.rejected("too dear"));

        assertThat(result().text()).contains("approval.rejected").doesNotContain("booked");
    }
}
