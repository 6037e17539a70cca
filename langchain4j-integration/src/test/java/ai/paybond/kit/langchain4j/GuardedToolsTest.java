package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.search.simple.SimpleToolSearchStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every way to register a tool ends at the guard. */
class GuardedToolsTest {
    interface Assistant {
        String chat(String message);
    }

    private final FakeAuthority authority = new FakeAuthority(1_000);
    private final List<String> ran = new ArrayList<>();
    private final ToolGuard guard = Guards.of(authority, declaring("pay", "refund"));

    static ToolSpecification named(String name) {
        return ToolSpecification.builder().name(name).description(name).build();
    }

    private static ToolRegistry declaring(String... names) {
        List<ToolDeclaration> declared = new ArrayList<>();
        for (String name : names) {
            declared.add(ToolDeclaration.builder(name)
                    .spend(SpendRule.fixed(5_000))
                    .withoutEvidence()
                    .build());
        }
        return ToolRegistry.of(declared);
    }

    private ToolExecutor recording(String name) {
        return (request, memoryId) -> {
            ran.add(name);
            return "done";
        };
    }

    private AiServiceTool tool(String name) {
        return AiServiceTool.builder()
                .toolSpecification(named(name))
                .toolExecutor(recording(name))
                .returnBehavior(ReturnBehavior.IMMEDIATE)
                .build();
    }

    private ScriptedModel turn(
            ScriptedModel model, Function<AiServices<Assistant>, AiServices<Assistant>> registration) {
        registration
                .apply(AiServices.builder(Assistant.class).chatModel(model.model()))
                .build()
                .chat("Go");
        return model;
    }

    private static ConfigurationException configurationFaultOf(Runnable startup) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(ConfigurationException.class, startup::run);
    }

    @Test
    void guardsAMap() {
        ScriptedModel model = turn(
                ScriptedModel.calling(request("c1", "pay", "{}")),
                service -> service.tools(GuardedTools.of(guard, Map.of(named("pay"), recording("pay")))));

        assertThat(model.result().text()).contains("budget_exceeded");
        assertThat(ran).isEmpty();
    }

    @Test
    void guardsAListAndKeepsWhatItSays() {
        AiServiceTool own = tool("pay");

        AiServiceTool guarded = GuardedTools.of(guard, List.of(own)).get(0);

        assertThat(guarded.toolSpecification()).isSameAs(own.toolSpecification());
        assertThat(guarded.returnBehavior()).isEqualTo(ReturnBehavior.IMMEDIATE);
        assertThat(guarded.toolExecutor().execute(request("c1", "pay", "{}"), null))
                .contains("budget_exceeded");
        assertThat(ran).isEmpty();
    }

    @Test
    void guardsAProvider() {
        ToolProvider provider = asked -> new ToolProviderResult(List.of(tool("pay")));

        ScriptedModel model = turn(
                ScriptedModel.calling(request("c1", "pay", "{}")),
                service -> service.toolProvider(GuardedTools.guard(guard, provider)));

        assertThat(model.result().text()).contains("budget_exceeded");
        assertThat(ran).isEmpty();
    }

    @Test
    void guardsToolsThatADynamicProviderAddsLater() {
        ToolProvider provider = new ToolProvider() {
            private int round;

            @Override
            public ToolProviderResult provideTools(ToolProviderRequest asked) {
                return new ToolProviderResult(List.of(tool(round++ == 0 ? "pay" : "refund")));
            }

            @Override
            public boolean isDynamic() {
                return true;
            }
        };

        ScriptedModel model = turn(
                ScriptedModel.calling(request("c1", "pay", "{}")).thenCalling(request("c2", "refund", "{}")),
                service -> service.toolProvider(GuardedTools.guard(guard, provider)));

        assertThat(model.visibleTools()).containsExactly("pay", "refund");
        assertThat(model.results()).hasSize(2).allMatch(result -> result.text().contains("budget_exceeded"));
        assertThat(ran).isEmpty();
    }

    @Test
    void letsAProviderProvideNothing() {
        ScriptedModel model =
                turn(new ScriptedModel(), service -> service.toolProvider(GuardedTools.guard(guard, asked -> null)));

        assertThat(model.visibleTools()).isEmpty();
    }

    @Test
    void refusesAProvidersToolThatIsNotDeclared() {
        ToolProvider provider = asked -> new ToolProviderResult(List.of(tool("wireMoney")));

        ScriptedModel model = turn(
                ScriptedModel.calling(request("c1", "wireMoney", "{}")),
                service -> service.toolProvider(GuardedTools.guard(guard, provider)));

        assertThat(model.result().text()).contains("tool.undeclared");
        assertThat(ran).isEmpty();
    }

    @Test
    void guardsAToolThatTheModelWasNeverShown() {
        ScriptedModel model = turn(ScriptedModel.calling(request("c1", "pay", "{}")), service -> service.tools(
                        GuardedTools.of(guard, List.of(tool("pay"))))
                .toolSearchStrategy(new SimpleToolSearchStrategy()));

        assertThat(model.visibleTools()).doesNotContain("pay");
        assertThat(model.result().text()).contains("budget_exceeded");
        assertThat(ran).isEmpty();
    }

    @Test
    void refusesToStartWithToolsThatTheGuardDoesNotDeclare() {
        ConfigurationException fault = configurationFaultOf(
                () -> GuardedTools.of(guard, List.of(tool("wireMoney"), tool("pay"), tool("closeAccount"))));

        assertThat(fault.code()).isEqualTo("tool.undeclared");
        assertThat(fault).hasMessageContaining("closeAccount").hasMessageContaining("wireMoney");
        assertThat(fault.getMessage()).doesNotContain("pay");
    }

    @Test
    void guardsNothingTwice() {
        List<AiServiceTool> once = GuardedTools.of(guard, List.of(tool("pay")));

        assertThat(GuardedTools.of(guard, once).get(0)).isSameAs(once.get(0));
    }

    @Test
    void guardsNothingTwiceWhenAProviderProvidesGuardedTools() {
        FakeAuthority rich = new FakeAuthority(100_000);
        ToolGuard generous = Guards.of(rich, declaring("pay"));
        ToolProvider provider = GuardedTools.guard(
                generous, asked -> new ToolProviderResult(GuardedTools.of(generous, List.of(tool("pay")))));

        turn(
                ScriptedModel.calling(request("c1", "pay", "{}")),
                service -> service.toolProvider(GuardedTools.guard(generous, provider)));

        assertThat(ran).hasSize(1);
        assertThat(rich.asked).hasSize(1);
    }

    @Test
    void refusesToPutAnotherGuardAroundAGuardedTool() {
        List<AiServiceTool> guarded = GuardedTools.of(guard, List.of(tool("pay")));
        ToolGuard other = Guards.of(authority, declaring("pay"));

        assertThat(configurationFaultOf(() -> GuardedTools.of(other, guarded)).code())
                .isEqualTo("tool.guarded_differently");
    }

    @Test
    void refusesToPutAnotherGuardAroundAGuardedProvider() {
        ToolProvider guarded = GuardedTools.guard(guard, asked -> null);

        assertThat(configurationFaultOf(() -> GuardedTools.guard(GuardResolver.perInvocation(), guarded))
                        .code())
                .isEqualTo("tool.guarded_differently");
    }

    @Test
    void takesTwoPerInvocationResolversForTheSame() {
        List<AiServiceTool> guarded = GuardedTools.of(GuardResolver.perInvocation(), List.of(tool("pay")));

        assertThat(GuardedTools.of(GuardResolver.perInvocation(), guarded).get(0))
                .isSameAs(guarded.get(0));
    }

    @Test
    void refusesObjectsWithoutTools() {
        assertThatThrownBy(() -> GuardedTools.of(guard, "no tools here")).hasMessageContaining("@Tool");
        assertThatThrownBy(() -> GuardedTools.of(guard, TravelTools.class)).hasMessageContaining("not a class");
    }
}
