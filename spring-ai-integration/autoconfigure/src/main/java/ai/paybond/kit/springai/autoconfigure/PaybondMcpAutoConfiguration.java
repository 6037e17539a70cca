package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.springai.ConversationGuards;
import org.springframework.ai.mcp.ToolContextToMcpMetaConverter;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What MCP needs beside the guarded tools: nothing of the kit is told a server but the id of a call, and a tool that this
 * application offers as an MCP server without a guard stops the start.
 */
@AutoConfiguration(
        before = PaybondAutoConfiguration.class,
        beforeName = "org.springframework.ai.mcp.client.common.autoconfigure.McpToolCallbackAutoConfiguration")
@ConditionalOnClass(ConversationGuards.class)
@EnableConfigurationProperties(McpProperties.class)
public class PaybondMcpAutoConfiguration {

    /** For applications with an MCP client. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ToolContextToMcpMetaConverter.class)
    static class ClientConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ToolContextToMcpMetaConverter paybondMcpMetaConverter() {
            return new McpMeta();
        }
    }

    /** For applications that are an MCP server. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(McpTool.class)
    static class ServerConfiguration {

        @Bean
        static McpToolCheck mcpToolCheck(
                ConfigurableListableBeanFactory beans,
                ObjectProvider<CapabilityMethodAdvisor> interception,
                McpProperties properties) {
            return new McpToolCheck(beans, interception, properties.allowUnguardedTools());
        }
    }
}
