package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.springai.GuardedTurnTest.Mode;
import ai.paybond.kit.springai.autoconfigure.PaybondAutoConfiguration;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.tool.observation.ToolCallingContentObservationFilter;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

/** What an observation registry gets to see that records everything, the content of tool calls included. */
class ObservedSecretsTest {

    private final RecordingAuthority authority = new RecordingAuthority();
    private final Recorder recorder = new Recorder();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final ScriptedModel model = ScriptedModel.asking(
            toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":5}"), toolCall("call_2", "idOfCall", "{}"));

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ToolCallingAutoConfiguration.class,
                    ChatClientAutoConfiguration.class,
                    PaybondAutoConfiguration.class))
            .withPropertyValues("paybond.strict=false")
            .withBean(HotelTools.class)
            .withBean(ChatModel.class, () -> model)
            .withBean(ObservationRegistry.class, () -> registry)
            .withBean(ConversationGuards.class, () -> ConversationGuards.builder()
                    .handleIds(() -> "the-handle")
                    .build());

    /** Keeps every name and every value. */
    private static final class Recorder implements ObservationHandler<Observation.Context> {
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onStop(Observation.Context context) {
            seen.add(context.getName() + " " + context.getContextualName());
            seen.add(context.getAllKeyValues().stream().map(KeyValue::toString).collect(Collectors.joining("\n")));
        }

        @Override
        public void onEvent(Observation.Event event, Observation.Context context) {
            seen.add(event.toString());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        String all() {
            return String.join("\n", seen);
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesNeitherTokenNorHandleOfAConversation(Mode mode) {
        observed((request, guards, guard) -> {
            try (GuardHandle conversation = guards.open(guard)) {
                mode.ask(request.toolContext(conversation.toolContext()));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void seesNeitherTokenNorHandleOfATurn(Mode mode) {
        observed((request, guards, guard) ->
                mode.ask(request.advisors(CapabilityAdvisor.of(guards, asked -> Mono.just(guard)))));
    }

    private interface Turn {
        void run(ChatClient.ChatClientRequestSpec request, ConversationGuards guards, ToolGuard guard);
    }

    private void observed(Turn turn) {
        registry.observationConfig()
                .observationHandler(recorder)
                .observationFilter(new ToolCallingContentObservationFilter());

        application.run(context -> turn.run(
                context.getBean(ChatClient.Builder.class).build().prompt("go").tools(context.getBean(HotelTools.class)),
                context.getBean(ConversationGuards.class),
                TestGuards.guard(context.getBean(ToolRegistry.class), authority)));

        assertThat(authority.callIds()).contains("call_1", "call_2");
        assertThat(recorder.all())
                .as("arguments and results, since the application asked for them")
                .contains("spring.ai.tool", "Paris", "booked")
                .doesNotContain(TestGuards.TOKEN)
                .doesNotContain("the-handle");
    }
}
