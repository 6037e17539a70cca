package ai.paybond.kit.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What a developer reads when an application with everything on its class path cannot start. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTest {

    private static Sandbox sandbox;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private void fails(CapturedOutput output, String... properties) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties("paybond.journal.file=" + directory.resolve("journal.db"))
                .properties(properties);

        assertThatThrownBy(application::run).isInstanceOf(Exception.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "Description:", "Action:")
                .doesNotContain("\tat ");
    }

    private String gateway() {
        return "paybond.gateway-url=" + sandbox.baseUrl();
    }

    private String key() {
        return "paybond.api-key=" + sandbox.tenant().apiKey();
    }

    @Test
    void namesTheKeyAndTheSandboxWhereNothingIsConfigured(CapturedOutput output) {
        fails(output);

        assertThat(output).contains("paybond.api-key is not set", "PAYBOND_API_KEY", "paybond.sandbox.enabled=true");
    }

    @Test
    void namesLineAndColumnOfWhatIsWrongWithAPolicy(CapturedOutput output) throws IOException {
        Path policy = Files.writeString(
                directory.resolve("paybond.policy.yaml"), "version: 1\nname: travel\ndefault_deny: true\ntools: []\n");

        fails(output, key(), gateway(), "paybond.policy=file:" + policy);

        assertThat(output).contains("4:1", "policy.", "paybond.policy.yaml", "Correct the policy at the lines");
    }

    @Test
    void namesThePolicyThatIsNotThere(CapturedOutput output) {
        fails(output, key(), gateway(), "paybond.policy=classpath:nowhere.yaml");

        assertThat(output).contains("nowhere.yaml", "classpath:paybond.policy.yaml");
    }

    @Test
    void saysThatTheKeyIsRefusedAndDoesNotRepeatIt(CapturedOutput output) {
        fails(output, "paybond.api-key=paybond_sk_sandbox_wrongwrongwrong", gateway());

        assertThat(output).contains("Check that paybond.api-key").doesNotContain("wrongwrongwrong");
    }

    @Test
    void saysThatTheGatewayDoesNotAnswer(CapturedOutput output) {
        fails(output, key(), "paybond.gateway-url=http://127.0.0.1:1");

        assertThat(output).contains("Check paybond.gateway-url");
    }

    @Test
    void refusesASandboxBesideAGateway(CapturedOutput output) {
        fails(output, gateway(), "paybond.sandbox.enabled=true");

        assertThat(output).contains("cannot be set together with paybond.gateway-url");
    }

    @Test
    void namesTheValueThatIsOutOfRange(CapturedOutput output) {
        fails(output, key(), gateway(), "paybond.conversations.capacity=0", "paybond.drain-timeout=-1s");

        assertThat(output).contains("paybond.conversations.capacity", "paybond.drainTimeout", "is not above 0");
    }

    @Test
    void namesTheAddressThatIsNone(CapturedOutput output) {
        fails(output, key(), "paybond.gateway-url=api.paybond.ai");

        assertThat(output).contains("paybond.gatewayUrl", "is not an http or https address");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
