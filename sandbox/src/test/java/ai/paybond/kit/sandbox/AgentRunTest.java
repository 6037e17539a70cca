package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents report about their runs. */
class AgentRunTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final TestClient client = TestClient.of(SANDBOX.sandbox());
    private final String run = "/v1/agent-runs/" + UUID.randomUUID();

    @Test
    void keepsARunAndItsEventsInOrder() {
        client.send("PUT", run, "{\"intent_id\":\"i-1\",\"operation\":\"travel.book\"}");
        client.post(run + "/trace-events", "{\"events\":[{\"type\":\"tool_selected\"},{\"type\":\"tool_executed\"}]}");
        client.post(run + "/trace-events", "{\"events\":[{\"type\":\"spend_finalized\"}]}");

        assertThat(client.get(run).text("operation")).isEqualTo("travel.book");
        assertThat(client.get(run + "/trace-events")
                        .json()
                        .array("events")
                        .orElseThrow()
                        .objectItems()
                        .map(event -> event.string("type").orElse("")))
                .containsExactly("tool_selected", "tool_executed", "spend_finalized");
        assertThat(client.get("/v1/agent-runs").body()).contains("travel.book");
    }

    @Test
    void takesEventsBeforeTheirRun() {
        assertThat(client.post(run + "/trace-events", "{\"events\":[{}]}").json())
                .isEqualTo(JsonObject.parse("{\"accepted\":1}"));
        assertThat(client.get(run).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"events\":{}}", "{\"events\":[1]}"})
    void refusesWhatAreNoEvents(String body) {
        assertThat(client.post(run + "/trace-events", body).code()).isEqualTo("validation_error");
    }
}
