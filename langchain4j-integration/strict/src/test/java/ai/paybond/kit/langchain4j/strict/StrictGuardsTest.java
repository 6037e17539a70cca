package ai.paybond.kit.langchain4j.strict;

import static ai.paybond.kit.langchain4j.strict.Wallet.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.langchain4j.GuardResolver;
import ai.paybond.kit.langchain4j.GuardedTools;
import ai.paybond.kit.langchain4j.InvocationGuard;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Under whose guard a tool runs, and that it is one guard. */
class StrictGuardsTest {
    interface Assistant {
        String chat(@UserMessage String message, InvocationParameters parameters);
    }

    private final Wallet wallet = new Wallet();
    private final Budget budget = new Budget(1_000);
    private final Budget other = new Budget(1_000);

    private AiServices<Assistant> service(ScriptedModel model) {
        return AiServices.builder(Assistant.class).chatModel(model.model());
    }

    private List<AiServiceTool> guardedPay() {
        return GuardedTools.of(budget.guard(), wallet.payOnly());
    }

    @Test
    void asksTheGuardOfTheInvocationWithoutAnyInstallation() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));

        service(model)
                .tools(wallet)
                .build()
                .chat("Pay", InvocationGuard.of(budget.guard()).parameters());

        assertThat(wallet.done).containsExactly("pay 100");
        assertThat(budget.charged).containsExactly(100L);
    }

    @Test
    void asksTheGuardOfTheInvocationAndNotTheInstalledOne() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));

        try (StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(other.guard()))) {
            service(model)
                    .tools(wallet)
                    .build()
                    .chat("Pay", InvocationGuard.of(budget.guard()).parameters());
        }

        assertThat(budget.charged).containsExactly(100L);
        assertThat(other.charged).isEmpty();
    }

    @Test
    void staysWithTheInstalledGuardWhenAToolBringsAnother() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100)).thenCalling(pay("c2", 200));
        InvocationParameters parameters = new InvocationParameters();
        ToolExecutor bringing = (request, memory) -> {
            if (request.id().equals("c1")) {
                InvocationGuard.of(other.guard()).putInto(parameters);
            }
            return "paid";
        };

        try (StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(budget.guard()))) {
            service(model)
                    .tools(Map.of(ToolSpecification.builder().name("pay").build(), bringing))
                    .build()
                    .chat("Pay", parameters);
        }

        assertThat(budget.charged).containsExactly(100L, 200L);
        assertThat(other.charged).isEmpty();
    }

    @Test
    void leavesAGuardedToolToItsOwnGuard() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));

        try (StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(other.guard()))) {
            service(model).tools(guardedPay()).build().chat("Pay", new InvocationParameters());
        }

        assertThat(wallet.done).containsExactly("pay 100");
        assertThat(budget.charged).containsExactly(100L);
        assertThat(other.charged).isEmpty();
    }

    static Stream<UnaryOperator<ToolExecutor>> executorsOfTheApplication() {
        return Stream.of(
                guarded -> (request, memory) -> guarded.execute(request, memory),
                guarded -> (request, memory) -> CompletableFuture.supplyAsync(() -> guarded.execute(request, memory))
                        .join());
    }

    @ParameterizedTest
    @MethodSource("executorsOfTheApplication")
    void refusesAnExecutorThatHidesAGuardedOne(UnaryOperator<ToolExecutor> hiding) {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));
        ToolGuard guard = budget.guard();
        AiServiceTool guarded = GuardedTools.of(guard, wallet.payOnly()).get(0);

        try (StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(guard))) {
            service(model)
                    .tools(Map.of(guarded.toolSpecification(), hiding.apply(guarded.toolExecutor())))
                    .build()
                    .chat("Pay", new InvocationParameters());
        }

        assertThat(wallet.done).isEmpty();
        assertThat(budget.settled).containsExactly(SpendOutcome.RELEASED);
        assertThat(model.result().isError()).isTrue();
        assertThat(model.result().text()).contains("guarded as well");
    }

    @Test
    void doesNotChargeTheInnerGuardWhenAnExecutorHidesIt() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));
        AiServiceTool guarded = guardedPay().get(0);
        ToolExecutor hiding = (request, memory) -> guarded.toolExecutor().execute(request, memory);

        try (StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(other.guard()))) {
            service(model)
                    .tools(Map.of(guarded.toolSpecification(), hiding))
                    .build()
                    .chat("Pay", new InvocationParameters());
        }

        assertThat(wallet.done).isEmpty();
        assertThat(budget.charged).isEmpty();
        assertThat(other.settled).containsExactly(SpendOutcome.RELEASED);
    }

    @Test
    void leavesTheToolsOfAGuardedProviderToTheirOwnGuard() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));

        try (StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(other.guard()))) {
            service(model)
                    .toolProvider(
                            GuardedTools.guard(budget.guard(), request -> new ToolProviderResult(wallet.payOnly())))
                    .build()
                    .chat("Pay", new InvocationParameters());
        }

        assertThat(wallet.done).containsExactly("pay 100");
        assertThat(budget.charged).containsExactly(100L);
        assertThat(other.charged).isEmpty();
    }

    @Test
    void deniesAgainOnceTheRegistrationIsClosed() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100)).thenCalling(pay("c2", 100));
        Assistant assistant = service(model).tools(wallet).build();
        StrictGuards.install(GuardResolver.fixed(budget.guard())).close();

        assistant.chat("Pay", new InvocationParameters());

        assertThat(wallet.done).isEmpty();
        assertThat(model.results())
                .allSatisfy(result -> assertThat(result.text()).contains("guard.missing"));
    }

    @Test
    void appliesToAiServicesThatWereBuiltBefore() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));
        Assistant assistant = service(model).tools(wallet).build();

        try (StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(budget.guard()))) {
            assistant.chat("Pay", new InvocationParameters());
        }

        assertThat(wallet.done).containsExactly("pay 100");
    }

    @Test
    void countsCallIdsAsTheInstalledResolverSays() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));
        ScriptedModel again = ScriptedModel.calling(pay("c1", 100));
        GuardResolver perInvocation = GuardResolver.fixed(budget.guard()).withCallIdsPerInvocation();

        try (StrictGuards.Registration installed = StrictGuards.install(perInvocation)) {
            service(model).tools(wallet).build().chat("Pay", new InvocationParameters());
            service(again).tools(wallet).build().chat("Pay", new InvocationParameters());
        }

        assertThat(wallet.done).hasSize(2);
    }

    @Test
    void deniesWhenTheInstalledResolverThrows() {
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));

        try (StrictGuards.Registration installed = StrictGuards.install(context -> {
            throw new IllegalStateException("no tenant");
        })) {
            service(model).tools(wallet).build().chat("Pay", new InvocationParameters());
        }

        assertThat(wallet.done).isEmpty();
        assertThat(model.result().text()).contains("guard.missing").doesNotContain("no tenant");
    }

    @Test
    void refusesASecondInstallation() {
        GuardResolver guards = GuardResolver.fixed(budget.guard());
        try (StrictGuards.Registration installed = StrictGuards.install(guards)) {
            assertThatThrownBy(() -> StrictGuards.install(guards))
                    .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                            .isEqualTo("strict.installed_already"));
        }
    }

    @Test
    void takesBackItsOwnInstallationOnly() {
        StrictGuards.Registration first = StrictGuards.install(GuardResolver.fixed(other.guard()));
        first.close();
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100));

        try (StrictGuards.Registration second = StrictGuards.install(GuardResolver.fixed(budget.guard()))) {
            first.close();
            service(model).tools(wallet).build().chat("Pay", new InvocationParameters());
        }

        assertThat(budget.charged).containsExactly(100L);
    }
}
