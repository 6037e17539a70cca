package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.PaybondChatClientAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.PaybondMcpAutoConfiguration;
import ai.paybond.kit.springai.autoconfigure.PaybondMethodGuardAutoConfiguration;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.mockito.Mockito;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One attempt to pay more than the budget in a Spring Boot application, and what came of it. */
final class Attack {

    /** What a way to a tool turned out to be. */
    enum Verdict {
        /** What was paid was reserved first, and the rest was refused. */
        GUARDED,
        /** Money left that no guard knows of. */
        OPEN,
        /** Nothing was paid. */
        REFUSED
    }

    final Registers till = new Registers();
    final AtomicLong paid = new AtomicLong();
    final ScriptedModel model;
    private ApplicationContext application;

    Attack(ScriptedModel model) {
        this.model = model;
    }

    /** One payment that the budget covers, and one that it does not. */
    static ScriptedModel payingModel() {
        return ScriptedModel.asking(pay("c1", 100), pay("c2", 2_000));
    }

    static AssistantMessage.ToolCall pay(String id, long cents) {
        return toolCall(id, "pay", "{\"cents\":" + cents + "}");
    }

    /** Starts the application, and tries; what the host throws is no matter here, only what was paid. */
    Verdict run(boolean aop, UnaryOperator<ApplicationContextRunner> setup, WayToATool.Attempt attempt) {
        setup.apply(application(aop)).run(started -> {
            if (started.getStartupFailure() == null) {
                application = started;
                try {
                    attempt.on(this);
                } catch (Exception e) {
                    // the verdict is by money
                }
            }
        });
        if (paid.get() == 0) {
            return Verdict.REFUSED;
        }
        return paid.get() == till.reservedCents() ? Verdict.GUARDED : Verdict.OPEN;
    }

    private ApplicationContextRunner application(boolean aop) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        AopAutoConfiguration.class,
                        ToolCallingAutoConfiguration.class,
                        ChatClientAutoConfiguration.class,
                        PaybondMethodGuardAutoConfiguration.class,
                        PaybondMcpAutoConfiguration.class,
                        PaybondChatClientAutoConfiguration.class,
                        PaybondAutoConfiguration.class))
                .withPropertyValues("paybond.aop.enabled=" + aop)
                .withBean(ChatModel.class, () -> model)
                .withBean(Registers.class, () -> till)
                .withBean("paid", AtomicLong.class, () -> paid)
                .withBean(Purse.class)
                .withUserConfiguration(OneGuard.class);
    }

    /** The one guard of the application, unless its conversations have their own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "test.one-guard", matchIfMissing = true)
    static class OneGuard {
        @Bean
        ToolGuard guard(ToolRegistry tools, Registers till) {
            return TestGuards.guard(tools, till);
        }
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    Purse purse() {
        return bean(Purse.class);
    }

    ChatClient.ChatClientRequestSpec client() {
        return bean(ChatClient.Builder.class).build().prompt("go");
    }

    /** A guard as the application has it. */
    ToolGuard guard() {
        return TestGuards.guard(bean(ToolRegistry.class), till);
    }

    /** The callbacks of the tools of any object, as Spring AI makes them. */
    static ToolCallback named(String tool, Object owner) {
        return List.of(ToolCallbacks.from(owner)).stream()
                .filter(callback -> callback.getToolDefinition().name().equals(tool))
                .findFirst()
                .orElseThrow();
    }

    ToolCallback payTool() {
        return named("pay", purse());
    }

    static void loop(ToolCallingManager manager, ToolCallback tool) {
        AssistantMessage asked = AssistantMessage.builder()
                .content("")
                .toolCalls(List.of(pay("c1", 100), pay("c2", 2_000)))
                .build();
        Prompt prompt = new Prompt(
                List.of(new UserMessage("go")),
                ToolCallingChatOptions.builder().toolCallbacks(List.of(tool)).build());
        manager.executeToolCalls(prompt, new ChatResponse(List.of(new Generation(asked))));
    }

    static void payDirectly(ToolCallback tool) {
        tool.call("{\"cents\":100}");
        tool.call("{\"cents\":2000}");
    }

    /** A tool of an MCP server that pays. */
    ToolCallback mcpTool() {
        return SyncMcpToolCallback.builder()
                .mcpClient(mcpClient())
                .tool(McpSchema.Tool.builder("pay", Map.of("type", "object")).build())
                .prefixedToolName("pay")
                .build();
    }

    McpSyncClient mcpClient() {
        McpSyncClient server = Mockito.mock();
        Mockito.when(server.callTool(Mockito.any())).thenAnswer(call -> {
            McpSchema.CallToolRequest request = call.getArgument(0);
            paid.addAndGet(((Number) request.arguments().get("cents")).longValue());
            return McpSchema.CallToolResult.builder(List.of(new McpSchema.TextContent("paid")))
                    .build();
        });
        return server;
    }
}
