package ai.paybond.kit.springai.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.springai.CapabilityToolCallback;
import ai.paybond.kit.springai.ConversationGuards;
import ai.paybond.kit.springai.PayTool;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.mcp.ToolContextToMcpMetaConverter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** MCP both ways: what a server is told, and what this application offers as one. */
class PaybondMcpAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(PaybondMcpAutoConfiguration.class, PaybondAutoConfiguration.class))
            .withBean(AtomicLong.class)
            .withBean(ConversationGuards.class, ConversationGuards::create);

    @Test
    void tellsAServerTheIdOfTheCallAndNothingElseOfTheKit() {
        ToolContext told = new ToolContext(Map.of(
                "city",
                "Paris",
                "paybond.guard",
                "handle",
                "paybond.later",
                "whatever comes",
                CapabilityToolCallback.CALL_ID,
                "call_1"));

        application.run(context -> assertThat(
                        context.getBean(ToolContextToMcpMetaConverter.class).convert(told))
                .isEqualTo(Map.of("city", "Paris", CapabilityToolCallback.CALL_ID, "call_1")));
    }

    @Test
    void leavesTheApplicationsOwnConverter() {
        ToolContextToMcpMetaConverter own = ToolContextToMcpMetaConverter.noOp();

        application
                .withBean("own", ToolContextToMcpMetaConverter.class, () -> own)
                .run(context -> assertThat(context.getBean(ToolContextToMcpMetaConverter.class))
                        .isSameAs(own));
    }

    @Test
    void stopsTheStartWhenAnMcpToolIsUnguarded() {
        application.withBean(PayTool.Offers.class).run(context -> assertThat(context)
                .getFailure()
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("mcp.tool_unguarded"))
                .hasMessageContaining("offer (bean"));
    }

    @Test
    void startsWithUnguardedMcpToolsThatTheApplicationStandsFor() {
        application
                .withPropertyValues("paybond.mcp.allow-unguarded-tools=true")
                .withBean(PayTool.Offers.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void doesWithoutMcp() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.ai.mcp"))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
