package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a model sees of the tools under one capability; what it may do is the guard's matter. */
class VisibleToolsTest {
    interface Assistant {
        String chat(@UserMessage String message, InvocationParameters parameters);
    }

    @RegisterExtension
    final SandboxExtension extension = new SandboxExtension();

    private final TravelTools tools = new TravelTools();
    private Paybond session;

    @BeforeEach
    void open() {
        Sandbox sandbox = extension.sandbox();
        session = Paybond.open(PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .build());
    }

    @AfterEach
    void close() {
        session.close();
    }

    /** A guard whose capability grants one operation. */
    private ToolGuard granting(String operation) {
        return session.guard(
                        session.guardrails().bootstrap(BootstrapRequest.of(operation, 20_000)),
                        GuardedTools.declarations(tools))
                .build();
    }

    private Assistant assistant(ScriptedModel model) {
        return AiServices.builder(Assistant.class)
                .chatModel(model.model())
                .toolProvider(GuardedTools.visible(GuardResolver.perInvocation(), tools))
                .hallucinatedToolNameStrategy(call -> ToolExecutionResultMessage.from(call, "no such tool"))
                .build();
    }

    @Test
    void showsWhatTheCapabilityOfTheInvocationGrants() {
        ScriptedModel model = new ScriptedModel();
        Assistant assistant = assistant(model);

        assistant.chat("Hello", InvocationGuard.of(granting("travel.rate")).parameters());
        List<String> first = model.visibleTools();
        assistant.chat(
                "Hello", InvocationGuard.of(granting("travel.book_hotel")).parameters());

        assertThat(first).containsExactly("rate", "searchHotels");
        assertThat(model.visibleTools()).containsExactly("bookHotel", "searchHotels");
    }

    @Test
    void showsNothingWithoutAGuard() {
        ScriptedModel model = new ScriptedModel();

        assistant(model).chat("Hello", new InvocationParameters());

        assertThat(model.visibleTools()).isEmpty();
    }

    @Test
    void runsNothingThatItHides() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "rate", "{\"stars\":5}"));

        assistant(model)
                .chat(
                        "Rate it",
                        InvocationGuard.of(granting("travel.book_hotel")).parameters());

        assertThat(tools.done).isEmpty();
        assertThat(model.result().text()).isEqualTo("no such tool");
    }

    @Test
    void stillGuardsWhatItShows() {
        ScriptedModel model =
                ScriptedModel.calling(request("c1", "bookHotel", "{\"city\":\"Paris\",\"priceCents\":90000}"));

        assistant(model)
                .chat("Book", InvocationGuard.of(granting("travel.book_hotel")).parameters());

        assertThat(tools.done).isEmpty();
        assertThat(model.result().isError()).isTrue();
    }
}
