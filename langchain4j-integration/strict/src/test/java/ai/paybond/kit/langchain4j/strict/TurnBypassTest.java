package ai.paybond.kit.langchain4j.strict;

import static ai.paybond.kit.langchain4j.strict.ScriptedModel.LAST_WORD;
import static ai.paybond.kit.langchain4j.strict.ScriptedModel.request;
import static ai.paybond.kit.langchain4j.strict.Wallet.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.langchain4j.GuardResolver;
import ai.paybond.kit.langchain4j.GuardedTools;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.guardrail.OutputGuardrail;
import dev.langchain4j.guardrail.OutputGuardrailResult;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecution;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model, a guardrail or a framework can do within a turn to get a plain tool to run unguarded, or twice. */
class TurnBypassTest {
    interface Assistant {
        Result<String> chat(String message);
    }

    private final Wallet wallet = new Wallet();
    private final Budget budget = new Budget(1_000);
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private StrictGuards.Registration installed;

    @BeforeEach
    void install() {
        installed = StrictGuards.install(GuardResolver.fixed(budget.guard()));
    }

    @AfterEach
    void stop() {
        installed.close();
        pool.shutdownNow();
    }

    private AiServices<Assistant> service(ScriptedModel model) {
        return AiServices.builder(Assistant.class).chatModel(model.model()).tools(wallet);
    }

    @Test
    void deniesAToolThatIsDeclaredNowhere() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "burn", "{}"));

        service(model).build().chat("Burn it");

        assertThat(wallet.done).isEmpty();
        assertThat(model.result().text()).contains("tool.undeclared");
    }

    @Test
    void runsNothingForANameThatTheModelMadeUp() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "pay ", "{\"cents\":1}"));

        service(model)
                .hallucinatedToolNameStrategy(call -> ToolExecutionResultMessage.from(call, "no such tool"))
                .build()
                .chat("Pay");

        assertThat(wallet.done).isEmpty();
        assertThat(model.result().text()).isEqualTo("no such tool");
    }

    @Test
    void endsTheTurnOnceAnImmediateToolRan() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "tip", "{\"cents\":10}"));

        service(model).build().chat("Tip");

        assertThat(model.rounds()).isEqualTo(1);
        assertThat(wallet.done).containsExactly("tip 10");
        assertThat(budget.charged).containsExactly(10L);
    }

    @Test
    void letsTheModelAnswerWhenAnImmediateToolIsDenied() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "tip", "{\"cents\":2000}"));

        String answer = service(model).build().chat("Tip").content();

        assertThat(answer).isEqualTo(LAST_WORD);
        assertThat(wallet.done).isEmpty();
        assertThat(model.result().text()).contains("budget_exceeded");
    }

    /** Sends the first answer back to the model. */
    private static final class AskAgain implements OutputGuardrail {
        private final AtomicBoolean asked = new AtomicBoolean();

        @Override
        public OutputGuardrailResult validate(AiMessage answer) {
            return asked.getAndSet(true) ? success() : reprompt("not good enough", "Do better");
        }
    }

    @Test
    void guardsToolsThatAnOutputGuardrailMakesTheModelCall() {
        ScriptedModel model = new ScriptedModel().thenSaying("Done.").thenCalling(pay("c1", 2_000));

        service(model).outputGuardrails(new AskAgain()).build().chat("Pay");

        assertThat(wallet.done).isEmpty();
        assertThat(model.result().text()).contains("budget_exceeded");
    }

    @Test
    void neverSpendsMoreThanTheBudgetInAConcurrentBatch() {
        ToolExecutionRequest[] calls = new ToolExecutionRequest[10];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = pay("c" + i, 400);
        }
        ScriptedModel model = ScriptedModel.calling(calls);

        service(model).executeToolsConcurrently(pool).build().chat("Pay ten times");

        assertThat(wallet.done).hasSize(2);
        assertThat(budget.charged).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsAndChargesEqualRequestsOfOneBatchOnce(boolean concurrently) {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100), pay("c1", 100));
        AiServices<Assistant> service = service(model);

        (concurrently ? service.executeToolsConcurrently(pool) : service)
                .build()
                .chat("Pay");

        assertThat(wallet.done).containsExactly("pay 100");
        assertThat(budget.charged).containsExactly(100L);
        assertThat(model.results()).hasSize(2).noneMatch(ToolExecutionResultMessage::isError);
    }

    @Test
    void chargesEachOfTwoCallsWithoutIds() {
        ScriptedModel model = ScriptedModel.calling(pay(null, 100), pay(null, 100));

        service(model).build().chat("Pay twice");

        assertThat(wallet.done).hasSize(2);
        assertThat(budget.charged).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"cents\":1,\"cents\":900}",
                "{\"cents\":1,}",
                "\"{\\\"cents\\\":1}\"",
                "{\"cents\":1} {\"cents\":900}",
                "{\"cents\":\"1\"}",
                "{\"cents\":1.5}",
                "{}"
            })
    void deniesArgumentsThatLangChain4jWouldRepair(String arguments) {
        ScriptedModel model = ScriptedModel.calling(request("c1", "pay", arguments));

        service(model).build().chat("Pay");

        assertThat(wallet.done).isEmpty();
        assertThat(budget.charged).isEmpty();
        assertThat(model.result().isError()).isTrue();
    }

    @Test
    void refusesToCompensate() {
        AiServices<Assistant> service = service(new ScriptedModel());

        assertThatThrownBy(() -> service.compensateOnToolErrors(true))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("strict.compensation"));
    }

    @Test
    void runsNoCompensationWhenALaterToolFails() {
        Wallet compensated = new Wallet.Compensated();
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100), request("c2", "fail", "{}"));

        AiServices.builder(Assistant.class)
                .chatModel(model.model())
                .compensateOnToolErrors(false)
                .tools(compensated)
                .build()
                .chat("Pay and fail");

        assertThat(compensated.done).containsExactly("pay 100", "fail");
    }

    @Test
    @DisabledIfSystemProperty(named = "paybond.langchain4j", matches = "1\\.1[78]\\..*", disabledReason = "new in 1.19")
    void handsOutNoCompensationThatRuns() {
        Wallet compensated = new Wallet.Compensated();
        List<Consumer<ToolExecution>> collected = new ArrayList<>();
        List<ToolExecution> executions = new ArrayList<>();
        AiServiceContext context = AiServiceContext.create(Assistant.class);
        Assistant assistant = AiServices.<Assistant>builder(context)
                .chatModel(ScriptedModel.calling(pay("c1", 100)).model())
                .tools(compensated)
                .build();
        context.toolService.onCompensableToolExecution((execution, compensation) -> {
            executions.add(execution);
            collected.add(compensation);
        });

        assistant.chat("Pay");

        assertThatThrownBy(() -> collected.get(0).accept(executions.get(0))).isInstanceOf(ConfigurationException.class);
        assertThat(compensated.done).containsExactly("pay 100");
    }

    /** As agents do: a context of the framework's own making, then an AI service around it. */
    @Test
    void guardsWhoeverBuildsAnAiServiceAroundAContext() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 2_000));

        AiServices.<Assistant>builder(AiServiceContext.create(Assistant.class))
                .chatModel(model.model())
                .tools(wallet)
                .build()
                .chat("Pay");

        assertThat(wallet.done).isEmpty();
        assertThat(model.result().text()).contains("budget_exceeded");
    }

    @Test
    void guardsExecutorsThatALoopOfSomeoneElseBrings() {
        ToolService service = AiServiceContext.create(Assistant.class).toolService;
        service.tools(List.<Object>of(wallet));

        ToolExecutionResult result = service.executeTool(
                InvocationContext.builder().build(), service.toolExecutors(), pay("c1", 2_000), null, null);

        assertThat(result.isError()).isTrue();
        assertThat(result.resultText()).contains("budget_exceeded");
        assertThat(wallet.done).isEmpty();
    }

    @Test
    void deniesAnExecutorThatWasRegisteredUnderAnotherToolsName() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "look", "{\"cents\":100}"));
        AiServiceTool guardedPay =
                GuardedTools.of(budget.guard(), wallet.payOnly()).get(0);
        ToolSpecification look =
                guardedPay.toolSpecification().toBuilder().name("look").build();

        AiServices.builder(Assistant.class)
                .chatModel(model.model())
                .tools(Map.of(look, guardedPay.toolExecutor()))
                .build()
                .chat("Look");

        assertThat(wallet.done).isEmpty();
        assertThat(model.result().text()).contains("tool.name_mismatch");
    }
}
