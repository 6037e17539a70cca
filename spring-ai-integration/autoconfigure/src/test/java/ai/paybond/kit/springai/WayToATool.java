package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.Attack.loop;
import static ai.paybond.kit.springai.Attack.pay;
import static ai.paybond.kit.springai.Attack.payDirectly;
import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.mockito.Mockito.mock;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.mcp.McpToolUtils;
import org.springframework.ai.mcp.annotation.spring.SyncMcpAnnotationProviders;
import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every way by which a tool may come to run in a Spring Boot application; each tries to pay 100 cents, which are there, and
 * 2,000 that are not.
 */
enum WayToATool {
    BEAN("a `@Tool` bean, called", a -> a.client().tools(a.purse()).call().content()),
    STREAMED(
            "a `@Tool` bean, streamed",
            a -> a.client().tools(a.purse()).stream().content().blockLast()),
    OBJECT(
            "a `@Tool` object that is no bean",
            a -> a.client().tools(new Purse(a.paid)).call().content()),
    CALLBACK(
            "a `ToolCallback` of the request",
            a -> a.client().tools(a.payTool()).call().content()),
    PROVIDER("a `ToolCallbackProvider` of the request", a -> a.client()
            .tools((ToolCallbackProvider) () -> new ToolCallback[] {a.payTool()})
            .call()
            .content()),
    DEFAULT_TOOLS("default tools of the client's builder", a -> a.bean(ChatClient.Builder.class)
            .defaultTools(a.purse())
            .build()
            .prompt("go")
            .call()
            .content()),
    ADVISOR("a tool that an advisor adds, such as a search for tools", a -> a.client()
            .advisors(new GuardedTurnTest.AddingAdvisor(a.payTool()))
            .call()
            .content()),
    CGLIB_PROXY(
            "a bean behind a CGLIB proxy",
            a -> a.client().tools(proxyOf(a.purse(), true)).call().content()),
    JDK_PROXY("a bean behind a JDK proxy: Spring AI cannot call its methods", a -> a.client()
            .tools(proxyOf(new PayTool.Shop(a.paid), false))
            .call()
            .content()),
    FALLBACK_OFF(
            "a name that only the application's resolver knows, as Spring AI comes",
            WayToATool::withProviderBean,
            a -> a.client().call().content()),
    FALLBACK_ON(
            "the same with `spring.ai.tools.resolution.fallback.enabled=true`",
            app -> withProviderBean(app).withPropertyValues("spring.ai.tools.resolution.fallback.enabled=true"),
            a -> a.client().call().content()),
    RETURN_DIRECT(
            "a tool that returns directly",
            List.of(toolCall("c1", "tip", "{\"cents\":2000}"), toolCall("c2", "tip", "{\"cents\":100}")),
            a -> a.client().tools(a.purse()).call().content()),
    WITH_CONTEXT(
            "a tool that takes a `ToolContext`",
            List.of(toolCall("c1", "payKnowing", "{\"cents\":100}"), toolCall("c2", "payKnowing", "{\"cents\":2000}")),
            a -> a.client()
                    .tools(a.purse())
                    .toolContext(Map.of("user", "ann"))
                    .call()
                    .content()),
    MADE_UP_NAME(
            "a name that the model made up",
            List.of(toolCall("c1", "Pay", "{\"cents\":100}"), toolCall("c2", "pay ", "{\"cents\":100}")),
            a -> a.client().tools(a.purse()).call().content()),
    LENIENT_JSON(
            "arguments that Spring AI would repair or convert",
            List.of(
                    toolCall("c1", "pay", "{\"cents\":1,\"cents\":900}"),
                    toolCall("c2", "pay", "{\"cents\":900,}"),
                    toolCall("c3", "pay", "{\"cents\":\"900\"}"),
                    toolCall("c4", "pay", "{\"cents\":8.9}"),
                    toolCall("c5", "pay", "{\"cents\":1} {\"cents\":900}")),
            a -> a.client().tools(a.purse()).call().content()),
    EQUAL_IDS(
            "two calls under one id",
            List.of(pay("c1", 100), pay("c1", 100)),
            a -> a.client().tools(a.purse()).call().content()),
    NO_IDS(
            "calls without ids",
            List.of(pay("", 100), pay(null, 100), pay(null, 2_000)),
            a -> a.client().tools(a.purse()).call().content()),
    DENIED_MIDDLE(
            "a batch with a denied call in the middle",
            List.of(pay("c1", 100), pay("c2", 2_000), pay("c3", 200)),
            a -> a.client().tools(a.purse()).call().content()),
    NO_HANDLE(
            "a conversation without a handle, where each has its own guard",
            WayToATool::withConversations,
            a -> a.client().tools(a.purse()).call().content()),
    MADE_UP_HANDLE("a handle that is closed or made up", WayToATool::withConversations, a -> {
        GuardHandle closed = a.bean(ConversationGuards.class).open(a.guard());
        closed.close();
        a.client().tools(a.purse()).toolContext(closed.toolContext()).call().content();
        a.client()
                .tools(a.purse())
                .toolContext(Map.of(ConversationGuards.CONTEXT_KEY, "guess"))
                .call()
                .content();
    }),
    NO_TOOL_ADVISOR("a request that switches tool calling off", a -> a.client()
            .tools(a.purse())
            .advisors(spec -> spec.param(ChatClientAttributes.TOOL_CALLING_ADVISOR_AUTO_REGISTER.getKey(), false))
            .call()
            .content()),
    OWN_LOOP(
            "your own loop over the `ToolCallingManager` bean",
            a -> loop(a.bean(ToolCallingManager.class), a.payTool())),
    OWN_MANAGER(
            "your own loop over a manager made by hand",
            a -> loop(DefaultToolCallingManager.builder().build(), a.payTool())),
    OWN_ADVISOR("a `ToolCallingAdvisor` made by hand, without a manager", a -> a.client()
            .tools(a.purse())
            .advisors(ToolCallingAdvisor.builder().build())
            .call()
            .content()),
    CREATED_CLIENT(
            "`ChatClient.create(model)` or `ChatClient.builder(model)` with a `@Tool` bean",
            a -> ChatClient.create(a.model).prompt("go").tools(a.purse()).call().content()),
    CREATED_CLIENT_OBJECT("the same with a `@Tool` object that is no bean", a -> ChatClient.builder(a.model)
            .build()
            .prompt("go")
            .tools(new Purse(a.paid))
            .call()
            .content()),
    CREATED_CLIENT_CALLBACK(
            "the same with a bean of type `ToolCallback` or `ToolCallbackProvider`",
            WayToATool::withProviderBean,
            a -> ChatClient.create(a.model)
                    .prompt("go")
                    .tools(a.bean(ToolCallbackProvider.class))
                    .call()
                    .content()),
    CREATED_CLIENT_BEAN(
            "a bean that was made by `ChatClient.create(model)`",
            app -> app.withBean("mine", ChatClient.class, () -> ChatClient.create(new ScriptedModel())),
            a -> ChatClient.create(a.model).prompt("go").tools(a.purse()).call().content()),
    GUARDED_CLIENT(
            "a client of `GuardedChatClient`", a -> GuardedChatClient.builder(a.model, GuardResolver.fixed(a.guard()))
                    .build()
                    .prompt("go")
                    .tools(a.purse())
                    .call()
                    .content()),
    OWN_DECORATOR("your own decorator around a guarded tool", WayToATool::withProviderBean, a -> a.client()
            .tools(new PayTool.Decorator(a.bean(ToolCallbackProvider.class).getToolCallbacks()[0]))
            .call()
            .content()),
    GUARDED_CALLBACK(
            "your own code that calls a `ToolCallback` bean",
            app -> app.withBean(PayTool.class),
            a -> payDirectly(a.bean(ToolCallback.class))),
    BARE_CALLBACK("your own code that calls a callback made with `ToolCallbacks.from`", a -> payDirectly(a.payTool())),
    METHOD("your own code that calls the method of the bean", a -> {
        a.purse().pay(100);
        a.purse().pay(2_000);
    }),
    METHOD_OF_OBJECT(
            "your own code that calls the method of an object that is no bean", a -> new Purse(a.paid).pay(2_000)),
    MCP_TOOL(
            "a tool of an MCP server, through the chat client",
            a -> a.client().tools(a.mcpTool()).call().content()),
    MCP_TOOL_DIRECTLY("your own code that calls such a tool", a -> payDirectly(a.mcpTool())),
    MCP_CLIENT("your own code that holds the MCP client", a -> a.mcpClient().callTool(payRequest())),
    MCP_SERVER(
            "a `ToolCallback` bean that this application offers as an MCP server",
            app -> app.withBean(PayTool.class),
            a -> {
                SyncToolSpecification offered = McpToolUtils.toSyncToolSpecification(a.bean(ToolCallback.class));
                offered.callHandler().apply(mock(McpSyncServerExchange.class), payRequest());
            }),
    MCP_ANNOTATION(
            "an `@McpTool` method without `@CapabilityGuarded`",
            app -> app.withBean(PayTool.Offers.class),
            a -> callMcp(a.bean(PayTool.Offers.class))),
    MCP_GUARDED_ANNOTATION(
            "an `@McpTool` method with `@CapabilityGuarded`",
            app -> app.withBean(PayTool.GuardedOffers.class),
            a -> callMcp(a.bean(PayTool.GuardedOffers.class)));

    interface Attempt {
        void on(Attack attack) throws Exception;
    }

    final String title;
    private final List<AssistantMessage.ToolCall> asked;
    private final UnaryOperator<ApplicationContextRunner> setup;
    private final Attempt attempt;

    WayToATool(String title, Attempt attempt) {
        this(title, app -> app, attempt);
    }

    WayToATool(String title, UnaryOperator<ApplicationContextRunner> setup, Attempt attempt) {
        this.title = title;
        this.asked = List.of(pay("c1", 100), pay("c2", 2_000));
        this.setup = setup;
        this.attempt = attempt;
    }

    WayToATool(String title, List<AssistantMessage.ToolCall> asked, Attempt attempt) {
        this.title = title;
        this.asked = asked;
        this.setup = app -> app;
        this.attempt = attempt;
    }

    Attack.Verdict tryIt(boolean aop) {
        ScriptedModel model = ScriptedModel.asking(asked.toArray(AssistantMessage.ToolCall[]::new));
        return new Attack(model).run(aop, setup, attempt);
    }

    private static ApplicationContextRunner withProviderBean(ApplicationContextRunner app) {
        return app.withUserConfiguration(ProviderBean.class);
    }

    private static ApplicationContextRunner withConversations(ApplicationContextRunner app) {
        return app.withPropertyValues("test.one-guard=false");
    }

    private static Object proxyOf(Object target, boolean ofClass) {
        if (AopUtils.isCglibProxy(target)) {
            return target;
        }
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(ofClass);
        return factory.getProxy();
    }

    private static McpSchema.CallToolRequest payRequest() {
        return McpSchema.CallToolRequest.builder("pay")
                .arguments(Map.of("cents", 100))
                .build();
    }

    private static void callMcp(Object bean) {
        SyncMcpAnnotationProviders.toolSpecifications(List.of(bean))
                .get(0)
                .callHandler()
                .apply(mock(McpSyncServerExchange.class), payRequest());
    }

    @Configuration(proxyBeanMethods = false)
    static class ProviderBean {
        @Bean
        ToolCallbackProvider provider(AtomicLong paid) {
            return () -> new ToolCallback[] {new PayTool(paid)};
        }
    }
}
