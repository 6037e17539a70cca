package ai.paybond.kit.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.harbor.GatewayAuthException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class PaybondFailureAnalyzerTest {

    private final PaybondFailureAnalyzer analyzer = new PaybondFailureAnalyzer();

    @Test
    void tellsAnApplicationWithoutAKeyWhatToSetAndShowsNoStackTrace(CapturedOutput output) {
        SpringApplicationBuilder application =
                new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);

        assertThatThrownBy(application::run).hasRootCauseInstanceOf(ConfigurationException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("paybond.api-key is not set")
                .contains("PAYBOND_API_KEY")
                .doesNotContain("\tat ");
    }

    @Test
    void saysWhatToDoAboutARefusedKey() {
        FailureAnalysis analysis = analyzer.analyze(
                new IllegalStateException(new GatewayAuthException("unauthorized", "the key was refused", 401, null)));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getAction()).contains("paybond.api-key");
    }

    @Test
    void saysWhatToDoAboutUndeclaredTools() {
        FailureAnalysis analysis = analyzer.analyze(new ConfigurationException("tool.undeclared", "Tools: book"));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("Tools: book").contains("tool.undeclared");
        assertThat(analysis.getAction()).contains("@CapabilityGuarded");
    }

    @Test
    void leavesOtherFailuresToOthers() {
        assertThat(analyzer.analyze(new IllegalStateException("unrelated"))).isNull();
        assertThat(analyzer.analyze(new PaybondException("reply.not_json", "unreadable")))
                .isNull();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ToolCallingAutoConfiguration.class, PaybondAutoConfiguration.class})
    static class Application {}
}
