package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.InMemoryCallJournal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.DefaultToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallLimitExceededException;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** The manager as an application's own loop uses it. */
class CapabilityToolCallingManagerTest {

    private final RecordingAuthority authority = new RecordingAuthority();
    private final GuardResolver guards = GuardResolver.fixed(TestGuards.guard(new HotelTools(), authority));
    private final CapabilityToolCallingManager manager =
            CapabilityToolCallingManager.guard(ToolCallingManager.builder().build(), guards);
    private final ToolCallback list = new EchoTool("list");

    @Test
    void tellsTheReceiptsOfABatch() {
        authority.refusing("call_2");

        ToolExecutionResult result =
                execute(manager, options(list), toolCall("call_1", "list", "{}"), toolCall("call_2", "list", "{}"));

        assertThat(result).isInstanceOfSatisfying(GuardedToolExecutionResult.class, guarded -> {
            assertThat(guarded.outcomes()).hasSize(2);
            assertThat(guarded.outcomes().get(0))
                    .isInstanceOfSatisfying(
                            ToolOutcome.Executed.class,
                            executed -> assertThat(executed.receipt().callId()).isEqualTo("call_1"));
            assertThat(guarded.outcomes().get(1)).isInstanceOf(ToolOutcome.Refused.class);
        });
    }

    @Test
    void deniesEverythingWhenTheRequestHasNoToolOptions() {
        ToolExecutionResult result = execute(manager, ChatOptions.builder().build(), toolCall("call_1", "list", "{}"));

        assertThat(answers(result)).singleElement().asString().contains("tool.not_attached");
    }

    @Test
    void reachesTheDelegatesOwnResolverNever() {
        ToolCallingManager open = ToolCallingManager.builder()
                .toolCallbackResolver(name -> list)
                .resolutionFallbackEnabled(true)
                .build();

        ToolExecutionResult result =
                execute(CapabilityToolCallingManager.guard(open, guards), options(), toolCall("call_1", "list", "{}"));

        assertThat(answers(result)).singleElement().asString().contains("tool.not_attached");
        assertThat(authority.requests()).isEmpty();
    }

    @Test
    void guardsWhatTheFallbackResolverFinds() {
        CapabilityToolCallingManager resolving = CapabilityToolCallingManager.guard(
                ToolCallingManager.builder().build(), guards, name -> name.equals("list") ? list : null);

        ToolExecutionResult result =
                execute(resolving, options(), toolCall("call_1", "list", "{}"), toolCall("call_2", "other", "{}"));

        assertThat(authority.callIds()).containsExactly("call_1");
        assertThat(answers(result).get(0)).isEqualTo("{}");
        assertThat(answers(result).get(1)).contains("tool.undeclared");
    }

    @Test
    void journalsEveryRefusalUnderTheIdOfItsCall() {
        InMemoryCallJournal journal = new InMemoryCallJournal();
        ToolGuard guard = TestGuards.builder(GuardedTools.registry(new HotelTools()), authority)
                .journal(journal)
                .build();
        CapabilityToolCallingManager journaling =
                CapabilityToolCallingManager.guard(ToolCallingManager.builder().build(), GuardResolver.fixed(guard));

        execute(
                journaling,
                options(),
                toolCall("call_1", "list", "{}"),
                toolCall("call_2", "invented", "{}"),
                toolCall("call_3", "invented", "not JSON"));

        assertThat(journal.inState(CallState.DENIED, 10))
                .extracting(entry -> entry.key().callId() + " " + entry.reasonCode())
                .containsExactlyInAnyOrder(
                        "call_1 tool.not_attached", "call_2 tool.undeclared", "call_3 tool.undeclared");
        assertThat(authority.requests()).isEmpty();
    }

    @Test
    void runsNothingWhenTheModelsOptionsKeepTheToolsTheyHad() {
        ToolCallingChatOptions stubborn = new StubbornOptions(list);

        assertThatThrownBy(() -> execute(manager, stubborn, toolCall("call_1", "list", "{}")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("StubbornOptions");
        assertThat(authority.requests()).isEmpty();
    }

    @Test
    void keepsTheLimitsOfTheDelegate() {
        CapabilityToolCallingManager limited = CapabilityToolCallingManager.guard(
                ToolCallingManager.builder().maxTotalToolCalls(1).build(), guards);

        assertThatThrownBy(() -> execute(
                        limited, options(list), toolCall("call_1", "list", "{}"), toolCall("call_2", "list", "{}")))
                .isInstanceOf(ToolCallLimitExceededException.class);
        assertThat(authority.callIds()).containsExactly("call_1");
    }

    @Test
    void leavesTheCallersOptionsAsTheyWere() {
        ToolCallingChatOptions options = options(list);

        execute(manager, options, toolCall("call_1", "list", "{}"));

        assertThat(options.getToolCallbacks()).containsExactly(list);
    }

    @Test
    void takesACallWithoutAnIdForNoRepetition() {
        execute(manager, options(list), toolCall("", "list", "{}"), toolCall("", "list", "{}"));

        assertThat(authority.callIds()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void chargesOnceWhenAGuardedManagerHidesInsideAnother() {
        ToolCallingManager hidden = new ToolCallingManager() {
            @Override
            public List<ToolDefinition> resolveToolDefinitions(ToolCallingChatOptions chatOptions) {
                return manager.resolveToolDefinitions(chatOptions);
            }

            @Override
            public ToolExecutionResult executeToolCalls(Prompt prompt, ChatResponse chatResponse) {
                return manager.executeToolCalls(prompt, chatResponse);
            }
        };

        ToolExecutionResult result = execute(
                CapabilityToolCallingManager.guard(hidden, guards),
                options(list),
                toolCall("call_1", "list", "{}"),
                toolCall("call_2", "book", "{}"));

        assertThat(authority.callIds()).containsExactly("call_1");
        assertThat(answers(result).get(1)).contains("tool.not_attached");
        assertThat(((GuardedToolExecutionResult) result).outcomes()).hasSize(2);
    }

    @Test
    void namesTheToolsOfARequestAsTheDelegateDoes() {
        assertThat(manager.resolveToolDefinitions(options(list))).containsExactly(list.getToolDefinition());
    }

    @Test
    void doesNotGuardTwice() {
        assertThat(CapabilityToolCallingManager.guard(manager, guards)).isSameAs(manager);
    }

    @Test
    void guardsWhatAResolverAndAProviderHandOut() {
        CapabilityToolCallbackResolver resolver =
                CapabilityToolCallbackResolver.guard(name -> name.equals("list") ? list : null, guards);
        CapabilityToolCallbackProvider provider =
                CapabilityToolCallbackProvider.guard(() -> new ToolCallback[] {list}, guards);

        assertThat(resolver.resolve("list")).isInstanceOf(CapabilityToolCallback.class);
        assertThat(resolver.resolve("other")).isNull();
        assertThat(provider.getToolCallbacks()).hasOnlyElementsOfType(CapabilityToolCallback.class);
        assertThat(CapabilityToolCallbackResolver.guard(resolver, guards)).isSameAs(resolver);
        assertThat(CapabilityToolCallbackProvider.guard(provider, guards)).isSameAs(provider);
    }

    private static ToolCallingChatOptions options(ToolCallback... tools) {
        return ToolCallingChatOptions.builder().toolCallbacks(List.of(tools)).build();
    }

    private static ToolExecutionResult execute(
            ToolCallingManager manager, ChatOptions options, AssistantMessage.ToolCall... calls) {
        AssistantMessage message =
                AssistantMessage.builder().content("").toolCalls(List.of(calls)).build();
        Prompt prompt = new Prompt(List.of(new UserMessage("go")), options);
        return manager.executeToolCalls(prompt, new ChatResponse(List.of(new Generation(message))));
    }

    private static List<String> answers(ToolExecutionResult result) {
        ToolResponseMessage message = (ToolResponseMessage)
                result.conversationHistory().get(result.conversationHistory().size() - 1);
        return message.getResponses().stream()
                .map(ToolResponseMessage.ToolResponse::responseData)
                .toList();
    }

    /** Options whose builder adds tools to those it has. */
    private static final class StubbornOptions extends DefaultToolCallingChatOptions {
        private final ToolCallback tool;

        StubbornOptions(ToolCallback tool) {
            super(List.of(tool), null, null, null, null, null, null, null, null, null);
            this.tool = tool;
        }

        @Override
        public ToolCallingChatOptions.Builder<?> mutate() {
            return new AddingBuilder(tool);
        }
    }

    private static final class AddingBuilder extends DefaultToolCallingChatOptions.Builder<AddingBuilder> {
        private final ToolCallback first;

        AddingBuilder(ToolCallback first) {
            this.first = first;
        }

        @Override
        public ToolCallingChatOptions build() {
            List<ToolCallback> kept = new ArrayList<>(List.of(first));
            kept.addAll(toolCallbacks == null ? List.of() : toolCallbacks);
            toolCallbacks = kept;
            return new StubbornOptions(first);
        }
    }
}
