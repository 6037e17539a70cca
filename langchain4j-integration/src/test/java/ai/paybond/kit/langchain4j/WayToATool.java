package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.Attack.pay;
import static ai.paybond.kit.langchain4j.ScriptedModel.request;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import dev.langchain4j.service.tool.search.ToolSearchRequest;
import dev.langchain4j.service.tool.search.ToolSearchResult;
import dev.langchain4j.service.tool.search.ToolSearchStrategy;
import dev.langchain4j.skills.Skill;
import dev.langchain4j.skills.Skills;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Every way by which a tool may come to run; each tries to pay 100 cents, which are there, and 2,000 that are not. */
enum WayToATool {
    OBJECT("a `@Tool` object that nobody guarded", a -> a.chat(Attack.payingModel(), s -> s.tools(a.purse))),
    LIST(
            "a list of tools that nobody guarded",
            a -> a.chat(Attack.payingModel(), s -> s.tools(ToolService.findTools(a.purse)))),
    MAP(
            "a map of tools that nobody guarded",
            a -> a.chat(Attack.payingModel(), s -> s.tools(Map.of(named("pay"), a.purse.payExecutor())))),
    REPLACING_MAP(
            "a map that replaces a guarded tool of the same name",
            a -> a.chat(Attack.payingModel(), s -> {
                s.tools(GuardedTools.of(a.guard, Map.of(named("pay"), a.purse.payExecutor())));
                s.tools(Map.of(named("pay"), a.purse.payExecutor()));
            })),
    PROVIDER(
            "a tool provider that nobody guarded",
            a -> a.chat(Attack.payingModel(), s -> s.toolProvider(new Provider(a.purse, false)))),
    LATE_PROVIDER(
            "a dynamic provider that nobody guarded and that adds a tool in the middle of a turn",
            a -> a.chat(
                    ScriptedModel.calling(request("l1", "look", "{}")).thenCalling(pay("c1", 100), pay("c2", 2_000)),
                    s -> {
                        s.tools(GuardedTools.of(a.guard, Map.of(named("look"), (request, memory) -> "found")));
                        s.toolProvider(new Provider(a.purse, true));
                    })),
    GUARDED_LATE_PROVIDER(
            "the same through `GuardedTools.guard`",
            a -> a.chat(
                    ScriptedModel.calling(request("l1", "look", "{}")).thenCalling(pay("c1", 100), pay("c2", 2_000)),
                    s -> {
                        s.tools(GuardedTools.of(a.guard, Map.of(named("look"), (request, memory) -> "found")));
                        s.toolProvider(GuardedTools.guard(a.guard, new Provider(a.purse, true)));
                    })),
    TOOL_SEARCH(
            "a tool that tool search has not shown yet",
            a -> a.chat(Attack.payingModel(), s -> a.withPurse(s).toolSearchStrategy(new FindsNothing()))),
    MADE_UP_NAME(
            "a name that the model made up",
            a -> a.chat(ScriptedModel.calling(request("c1", "pay ", "{\"cents\":100}")), s -> a.withPurse(s)
                    .hallucinatedToolNameStrategy(call -> ToolExecutionResultMessage.from(call, "no such tool")))),
    LENIENT_JSON(
            "arguments that LangChain4j would repair",
            a -> a.chat(
                    ScriptedModel.calling(
                            request("c1", "pay", "{\"cents\":1,\"cents\":900}"),
                            request("c2", "pay", "{\"cents\":900,}"),
                            request("c3", "pay", "{\"cents\":\"900\"}"),
                            request("c4", "pay", "{\"cents\":1} {\"cents\":900}")),
                    a::withPurse)),
    EQUAL_CALLS(
            "equal calls in one batch",
            a -> a.chat(ScriptedModel.calling(pay("c1", 100), pay("c1", 100)), a::withPurse)),
    CALLS_WITHOUT_IDS(
            "calls without ids",
            a -> a.chat(ScriptedModel.calling(pay(null, 100), pay(null, 100), pay(null, 2_000)), a::withPurse)),
    BLOCKING("a blocking turn", a -> a.chat(Attack.payingModel(), a::withPurse)),
    CONCURRENT(
            "a turn whose tools run concurrently",
            a -> a.chat(Attack.payingModel(), s -> a.withPurse(s).executeToolsConcurrently(a.pool))),
    STREAMING("a streaming turn, on the model's callback thread", a -> a.stream(Attack.payingModel(), a::withPurse)),
    STREAMING_CONCURRENT(
            "a streaming turn with an executor",
            a -> a.stream(Attack.payingModel(), s -> a.withPurse(s).executeToolsConcurrently(a.pool))),
    IMMEDIATE(
            "a tool that returns immediately",
            a -> a.chat(
                    ScriptedModel.calling(
                            request("c1", "tip", "{\"cents\":2000}"), request("c2", "tip", "{\"cents\":100}")),
                    a::withPurse)),
    REPROMPT(
            "an output guardrail that makes the model call a tool",
            a -> a.chat(
                    new ScriptedModel().thenSaying("Done.").thenCalling(pay("c1", 100), pay("c2", 2_000)),
                    s -> a.withPurse(s).outputGuardrails(new AskAgain()))),
    ERROR(
            "a tool that pays and throws an `Error`",
            a -> a.chat(ScriptedModel.calling(request("c1", "payAndCrash", "{\"cents\":100}")), a::withPurse)),
    COMPENSATION(
            "`compensateOnToolErrors(true)` and tools that nobody guarded",
            a -> a.chat(
                    ScriptedModel.calling(pay("c1", 100), request("c2", "fail", "{}")),
                    s -> s.compensateOnToolErrors(true).tools(a.purse))),
    GUARDED_COMPENSATION(
            "`compensateOnToolErrors(true)` and guarded tools",
            a -> a.chat(
                    ScriptedModel.calling(pay("c1", 100), request("c2", "fail", "{}")),
                    s -> a.withPurse(s.compensateOnToolErrors(true)))),
    MCP_PROVIDER(
            "`McpToolProvider` over an MCP client that nobody guarded",
            a -> a.chat(Attack.payingModel(), s -> s.toolProvider(mcpProvider(bank(a))))),
    MCP_GUARDED_PROVIDER(
            "the tools of a `GuardedMcpClient`",
            a -> a.chat(
                    Attack.payingModel(),
                    s -> s.toolProvider(GuardedMcpClient.of(a.guard, bank(a)).tools()))),
    MCP_PROVIDER_OVER_GUARDED(
            "`McpToolProvider` over a `GuardedMcpClient`",
            a -> a.chat(Attack.payingModel(), s -> s.toolProvider(mcpProvider(GuardedMcpClient.of(a.guard, bank(a)))))),
    MCP_AGENT("an MCP agent or other code that calls an MCP client", a -> payDirectly(bank(a))),
    MCP_GUARDED_AGENT("the same with a `GuardedMcpClient`", a -> payDirectly(GuardedMcpClient.of(a.guard, bank(a)))),
    SKILL(
            "a skill's tools, when nobody guarded the provider of the skills",
            a -> a.chat(skilledModel(), s -> s.toolProvider(skills(a).toolProvider()))),
    GUARDED_SKILL(
            "the same through `GuardedTools.guard` around `Skills.toolProvider()`",
            a -> a.chat(
                    skilledModel(),
                    s -> s.toolProvider(GuardedTools.guard(a.guard, skills(a).toolProvider())))),
    AGENT("an agent of the agentic builders with tools that nobody guarded", a -> AgenticServices.agentBuilder(
                    Agentic.class)
            .chatModel(Attack.payingModel().model())
            .tools(a.purse)
            .build()
            .work("Pay")),
    GUARDED_AGENT("the same with the tools of `GuardedTools` as a map", a -> AgenticServices.agentBuilder(Agentic.class)
            .chatModel(Attack.payingModel().model())
            .tools(Map.of(named("pay"), a.guardedPay()))
            .build()
            .work("Pay")),
    PLAIN_AGENT("a plain `@Agent` method that pays", a -> AgenticServices.sequenceBuilder()
            .subAgents(new PayingAgent(a.purse))
            .build()
            .invoke(Map.of())),
    OWN_EXECUTOR_AROUND("your own executor around a guarded one", a -> {
        ToolExecutor guarded = a.guardedPay();
        a.chat(
                Attack.payingModel(),
                s -> s.tools(Map.of(named("pay"), (request, memory) -> guarded.execute(request, memory))));
    }),
    GUARDED_EXECUTOR("your own code that calls a guarded executor", a -> {
        a.guardedPay().execute(pay("c1", 100), "memory");
        a.guardedPay().execute(pay("c2", 2_000), "memory");
    }),
    BARE_EXECUTOR(
            "your own code that calls an executor which nobody guarded",
            a -> a.purse.payExecutor().execute(pay("c1", 2_000), "memory")),
    METHOD("your own code that calls the method of the tool object", a -> a.purse.pay(2_000)),
    OWN_TOOL_SERVICE("a `ToolService` that your own code makes", a -> {
        ToolService service = new ToolService();
        service.tools(List.<Object>of(a.purse));
        service.executeTool(InvocationContext.builder().build(), service.toolExecutors(), pay("c1", 2_000), null, null);
    });

    interface Attempt {
        void on(Attack attack) throws Exception;
    }

    final String title;
    private final Attempt attempt;

    WayToATool(String title, Attempt attempt) {
        this.title = title;
        this.attempt = attempt;
    }

    /** Tries it; what the host throws at a turn that it ends is no matter here, only what was paid. */
    Attack.Verdict tryIt(boolean strict) {
        Purse purse = name().contains("COMPENSATION") ? new Purse.Compensating() : new Purse();
        try (Attack attack = new Attack(purse, strict)) {
            return tryIt(attack);
        }
    }

    Attack.Verdict tryIt(Attack attack) {
        try {
            attempt.on(attack);
        } catch (Exception | StackOverflowError e) {
            // the verdict is by money
        }
        return attack.verdict();
    }

    /** Public, because the agentic builders call it by reflection. */
    public interface Agentic {
        @UserMessage("{{it}}")
        @Agent("Pays")
        String work(String message);
    }

    /** An agent that is no AI service. */
    public static final class PayingAgent {
        private final Purse purse;

        PayingAgent(Purse purse) {
            this.purse = purse;
        }

        @Agent(value = "Pays", outputKey = "paid")
        public String work() {
            return purse.pay(2_000);
        }
    }

    private static ToolSpecification named(String tool) {
        return GuardedToolsTest.named(tool);
    }

    private static McpClient bank(Attack attack) {
        return FakeMcpServer.client("bank", attack.purse.payExecutor());
    }

    private static ToolProvider mcpProvider(McpClient client) {
        return McpToolProvider.builder().mcpClients(client).build();
    }

    private static void payDirectly(McpClient client) {
        client.executeTool(pay("c1", 100));
        client.executeTool(pay("c2", 2_000));
    }

    private static Skills skills(Attack attack) {
        return Skills.from(Skill.builder()
                .name("paying")
                .description("Pays")
                .content("Call pay.")
                .tools(Map.of(named("pay"), attack.purse.payExecutor()))
                .build());
    }

    private static ScriptedModel skilledModel() {
        ToolExecutionRequest activate = request("s1", "activate_skill", "{\"skill_name\":\"paying\"}");
        return ScriptedModel.calling(activate).thenCalling(pay("c1", 100), pay("c2", 2_000));
    }

    private record Provider(Purse purse, boolean isDynamic) implements ToolProvider {
        @Override
        public ToolProviderResult provideTools(ToolProviderRequest request) {
            boolean comes =
                    !isDynamic || request.messages().stream().anyMatch(ToolExecutionResultMessage.class::isInstance);
            return comes ? new ToolProviderResult(Map.of(named("pay"), purse.payExecutor())) : null;
        }
    }

    private static final class FindsNothing implements ToolSearchStrategy {
        @Override
        public List<ToolSpecification> getToolSearchTools(InvocationContext context) {
            return List.of(named("find_tools"));
        }

        @Override
        public ToolSearchResult search(ToolSearchRequest request) {
            return new ToolSearchResult(List.of(), "there is nothing");
        }
    }

    /** Sends the first answer back to the model. */
    private static final class AskAgain implements OutputGuardrail {
        private final AtomicBoolean asked = new AtomicBoolean();

        @Override
        public OutputGuardrailResult validate(AiMessage answer) {
            return asked.getAndSet(true) ? success() : reprompt("not good enough", "Do better");
        }
    }
}
