package ai.paybond.kit.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.examples.agents.ModelEndpoint;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
    @Test
    void needsNoNetworkWhenNothingIsSet() {
        assertThat(read(Map.of("OPENAI_API_KEY", " ", "OPENAI_MODEL", "gpt-x")).model())
                .isEmpty();
    }

    @Test
    void talksToOpenAiWhenOnlyAKeyIsSet() {
        assertThat(read(Map.of("OPENAI_API_KEY", "sk-1")).model())
                .contains(new ModelEndpoint(URI.create("https://api.openai.com/v1"), "sk-1", "gpt-4.1-mini"));
    }

    @Test
    void talksToWhereTheBaseUrlPoints() {
        Map<String, String> environment =
                Map.of("OPENAI_BASE_URL", "http://127.0.0.1:9/v1", "OPENAI_API_KEY", "sk-1", "OPENAI_MODEL", "mine");

        assertThat(read(environment).model())
                .contains(new ModelEndpoint(URI.create("http://127.0.0.1:9/v1"), "sk-1", "mine"));
    }

    @Test
    void keepsTheKeyOutOfItsText() {
        assertThat(read(Map.of("OPENAI_API_KEY", "sk-secret"))).asString().doesNotContain("secret");
    }

    private static DemoOptions read(Map<String, String> environment) {
        return DemoOptions.fromEnvironment(Clock.systemUTC(), environment);
    }
}
