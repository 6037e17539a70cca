package ai.paybond.kit.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatRuntimeException;

import ai.paybond.kit.examples.openai.ChatRequest;
import ai.paybond.kit.examples.openai.LocalOpenAiServer;
import ai.paybond.kit.examples.openai.Scenario;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A demo that talks to the model that its options name, here one that would rather not travel. */
class DemoWithModelTest {
    private final LocalOpenAiServer model = LocalOpenAiServer.start(
            Clock.systemUTC(),
            Scenario.parse(JsonObject.parse(
                    "{\"model\":\"homebody\",\"steps\":[{\"when\":{},\"text\":\"I would rather stay at home.\"}]}")));

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void countsWhatHappenedAndExpectsNothing() {
        DemoSummary summary = Demo.run(options("homebody"), silence());

        assertThat(summary).isEqualTo(new DemoSummary(3, 0, 0, 0, 0, 0, 4, true));
        assertThat(model.requests())
                .hasSize(3)
                .allMatch(request -> request.tools().size() == 3);
        assertThat(model.requests()).extracting(ChatRequest::model).containsOnly("homebody");
    }

    @Test
    void failsWhenTheModelCannotBeAsked() {
        assertThatRuntimeException().isThrownBy(() -> Demo.run(options("no-such-model"), silence()));
    }

    private DemoOptions options(String name) {
        return DemoOptions.fromEnvironment(
                Clock.systemUTC(), Map.of("OPENAI_BASE_URL", model.baseUrl().toString(), "OPENAI_MODEL", name));
    }

    private static PrintStream silence() {
        return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    }
}
