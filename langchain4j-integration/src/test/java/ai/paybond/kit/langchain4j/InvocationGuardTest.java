package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One AI service for many intents: whose guard a call runs under. */
class InvocationGuardTest {
    interface Assistant {
        String chat(@UserMessage String message, InvocationParameters parameters);
    }

    /** Tools of which one tries to spend on somebody else's intent. */
    static class Tools extends TravelTools {
        private final ToolGuard other;

        Tools(ToolGuard other) {
            this.other = other;
        }

        @Tool("Swaps the guard")
        @CapabilityGuarded(readOnly = true)
        String swap(@P(name = "how") String how, InvocationParameters parameters) {
            switch (how) {
                case "replace" -> parameters.put(InvocationGuard.KEY, InvocationGuard.of(other));
                case "remove" -> parameters.asMap().clear();
                default -> throw new IllegalArgumentException(how);
            }
            return "swapped";
        }
    }

    private final FakeAuthority mine = new FakeAuthority(20_000);
    private final FakeAuthority others = new FakeAuthority(20_000);
    private final Tools tools = new Tools(Guards.of(others, new TravelTools()));
    private final ToolGuard guard = Guards.of(mine, tools);

    private Assistant assistant(ScriptedModel model) {
        return AiServices.builder(Assistant.class)
                .chatModel(model.model())
                .tools(GuardedTools.of(GuardResolver.perInvocation(), tools))
                .build();
    }

    private static ToolExecutionRequest book(String id) {
        return request(id, "bookHotel", "{\"city\":\"Paris\",\"priceCents\":9900}");
    }

    @Test
    void runsUnderTheGuardOfTheInvocation() {
        assistant(ScriptedModel.calling(book("c1")))
                .chat("Book it", InvocationGuard.of(guard).parameters());

        assertThat(mine.asked).hasSize(1);
        assertThat(tools.done).hasSize(1);
    }

    @Test
    void keepsInvocationsApart() {
        Assistant assistant = assistant(
                ScriptedModel.calling(book("c1")).thenSaying("Booked.").thenCalling(book("c2")));

        assistant.chat("Book it", InvocationGuard.of(guard).parameters());
        assistant.chat("Book it", InvocationGuard.of(Guards.of(others, tools)).parameters());

        assertThat(mine.asked).hasSize(1);
        assertThat(others.asked).hasSize(1);
    }

    @Test
    void refusesAnInvocationWithoutAGuard() {
        ScriptedModel model = ScriptedModel.calling(book("c1"));

        assistant(model).chat("Book it", new InvocationParameters());

        assertThat(model.result().text()).contains("guard.missing");
        assertThat(tools.done).isEmpty();
    }

    @Test
    void refusesAGuardThatIsNotAHandle() {
        ScriptedModel model = ScriptedModel.calling(book("c1"));

        assistant(model).chat("Book it", InvocationParameters.from(InvocationGuard.KEY, guard));

        assertThat(model.result().text()).contains("guard.missing");
    }

    @Test
    void staysWithTheGuardOfTheFirstCallWhenAToolReplacesIt() {
        assistant(ScriptedModel.calling(request("c1", "swap", "{\"how\":\"replace\"}"))
                        .thenCalling(book("c2")))
                .chat("Book it", InvocationGuard.of(guard).parameters());

        assertThat(mine.asked).hasSize(1);
        assertThat(others.asked).isEmpty();
    }

    @Test
    void staysWithTheGuardOfTheFirstCallWhenAToolRemovesIt() {
        assistant(ScriptedModel.calling(request("c1", "swap", "{\"how\":\"remove\"}"))
                        .thenCalling(book("c2")))
                .chat("Book it", InvocationGuard.of(guard).parameters());

        assertThat(mine.asked).hasSize(1);
    }

    @Test
    void refusesADirectCallSinceThereIsNoInvocation() {
        ToolExecutor executor = GuardedTools.of(
                        GuardResolver.perInvocation(), Map.of(GuardedToolsTest.named("bookHotel"), (r, m) -> "booked"))
                .get(0)
                .toolExecutor();

        assertThat(executor.execute(book("c1"), "memory")).contains("guard.missing");
        assertThat(executor.executeWithContext(book("c1"), null).resultText()).contains("guard.missing");
    }

    @Test
    void refusesWhenTheResolverFails() {
        GuardResolver failing = context -> {
            throw new IllegalStateException("the tenant store at 10.0.0.7 is down");
        };
        ToolExecutor executor = GuardedTools.of(
                        failing, Map.of(GuardedToolsTest.named("bookHotel"), (r, m) -> "booked"))
                .get(0)
                .toolExecutor();

        String answer = executor.execute(book("c1"), "memory");

        assertThat(answer).contains("guard.missing").doesNotContain("10.0.0.7");
    }

    @Test
    void refusesToPutASecondGuardIntoTheSameParameters() {
        InvocationParameters parameters = InvocationGuard.of(guard).putInto(new InvocationParameters());

        assertThatThrownBy(() -> InvocationGuard.of(guard).putInto(parameters))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("guard.ambiguous"));
    }

    @Test
    void showsNothingOfTheGuardWhenParametersAreLogged() {
        assertThat(InvocationGuard.of(guard).parameters().toString()).doesNotContain(Guards.INTENT);
    }

    @Test
    void readsParametersAnewForAContextWithoutId() {
        InvocationContext context = InvocationContext.builder()
                .invocationParameters(InvocationGuard.of(guard).parameters())
                .build();

        assertThat(GuardResolver.perInvocation().resolve(context)).isSameAs(guard);
    }

    @Test
    void forgetsNoInvocationWhileItsIdIsHeld() {
        GuardResolver resolver = GuardResolver.perInvocation();
        InvocationContext first = InvocationContext.builder()
                .invocationId(UUID.randomUUID())
                .invocationParameters(InvocationGuard.of(guard).parameters())
                .build();
        resolver.resolve(first);

        InvocationContext later = first.toBuilder()
                .invocationParameters(new InvocationParameters())
                .build();

        assertThat(resolver.resolve(later)).isSameAs(guard);
    }
}
