package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.harbor.SpendOutcome;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.core.Ordered;

/** Whole turns of a real chat client against a scripted model. */
class GuardedTurnTest {

    private final HotelTools tools = new HotelTools();
    private final RecordingAuthority authority = new RecordingAuthority();
    private final GuardResolver guards = GuardResolver.fixed(TestGuards.guard(tools, authority));

    /** How a client asks its model. */
    enum Mode {
        CALL {
            @Override
            @Nullable String ask(ChatClient.ChatClientRequestSpec request) {
                return request.call().content();
            }
        },
        STREAM {
            @Override
            @Nullable String ask(ChatClient.ChatClientRequestSpec request) {
                return request.stream().content().collect(Collectors.joining()).block();
            }
        };

        abstract @Nullable String ask(ChatClient.ChatClientRequestSpec request);
    }

    private @Nullable String turn(Mode mode, ScriptedModel model) {
        return mode.ask(request(model).tools(tools));
    }

    private ChatClient.ChatClientRequestSpec request(ScriptedModel model) {
        return GuardedChatClient.builder(model, guards).build().prompt("go");
    }

    @ParameterizedTest
    @EnumSource
    void runsAnAllowedCallUnderItsId(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":18700}"));

        assertThat(turn(mode, model)).isEqualTo("done");

        assertThat(tools.ran).containsExactly("book Paris 18700");
        assertThat(model.answer()).isEqualTo("\"booked Paris\"");
        AuthorizationRequest asked = authority.requests().get(0);
        assertThat(asked.callId()).isEqualTo("call_1");
        assertThat(asked.operation()).isEqualTo("travel.book_hotel");
        assertThat(asked.spendCents()).isEqualTo(18700);
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheModelOfADenialAndCompletesTheTurn(Mode mode) {
        authority.refusing("call_1");
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":18700}"));

        assertThat(turn(mode, model)).isEqualTo("done");

        assertThat(tools.ran).isEmpty();
        assertThat(model.answer()).contains("budget_exceeded").doesNotContain(TestGuards.TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheModelThatACallWaitsForApproval(Mode mode) {
        authority.holding("call_1");
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        assertThat(turn(mode, model)).isEqualTo("done");

        assertThat(tools.ran).isEmpty();
        assertThat(model.answer()).contains("approval_required");
    }

    @ParameterizedTest
    @EnumSource
    void runsTheSiblingsOfADeniedCall(Mode mode) {
        authority.refusing("call_2");
        ScriptedModel model = ScriptedModel.asking(
                toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":1}"),
                toolCall("call_2", "book", "{\"city\":\"Lyon\",\"cents\":2}"),
                toolCall("call_3", "book", "{\"city\":\"Nice\",\"cents\":3}"));

        turn(mode, model);

        assertThat(tools.ran).containsExactly("book Paris 1", "book Nice 3");
        assertThat(model.answers())
                .extracting(ToolResponseMessage.ToolResponse::id)
                .containsExactly("call_1", "call_2", "call_3");
        assertThat(model.answers().get(1).responseData()).contains("budget_exceeded");
    }

    @ParameterizedTest
    @EnumSource
    void tellsTwoEqualCallsOfABatchApart(Mode mode) {
        String arguments = "{\"city\":\"Paris\",\"cents\":1}";
        ScriptedModel model =
                ScriptedModel.asking(toolCall("call_1", "book", arguments), toolCall("call_2", "book", arguments));

        turn(mode, model);

        assertThat(authority.callIds()).containsExactly("call_1", "call_2");
        assertThat(tools.ran).hasSize(2);
    }

    @Test
    void answersARepeatedCallIdWithoutASecondRun() {
        AssistantMessage.ToolCall call = toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":1}");
        ScriptedModel model = ScriptedModel.asking(call).thenAsking(call);

        turn(Mode.CALL, model);

        assertThat(model.rounds()).isEqualTo(3);
        assertThat(tools.ran).containsExactly("book Paris 1");
        assertThat(model.answer()).isEqualTo("\"booked Paris\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "{}"})
    void readsBlankArgumentsAsNone(String arguments) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", arguments));

        turn(Mode.CALL, model);

        assertThat(tools.ran).containsExactly("list null");
        assertThat(authority.callIds()).containsExactly("call_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"city\":\"Paris\",\"cents\":5} {}",
                "{\"city\":\"Paris\",\"cents\":5,}",
                "[1]",
                "\"{}\"",
                "null",
                "{\"city\":\"Paris\",\"cents\":NaN}"
            })
    void refusesArgumentsThatAreNotOneObject(String arguments) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "book", arguments));

        assertThat(turn(Mode.CALL, model)).isEqualTo("done");

        assertThat(tools.ran).isEmpty();
        assertThat(authority.requests()).isEmpty();
        assertThat(model.answer()).contains("arguments.malformed").doesNotContain("Paris");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"city\":\"Paris\",\"cents\":5,\"cents\":500}",
                "{\"city\":\"Paris\",\"cents\":9007199254740993}",
                "{\"city\":\"\\ud800\",\"cents\":5}"
            })
    void refusesArgumentsThatReadersDisagreeAbout(String arguments) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "book", arguments));

        turn(Mode.CALL, model);

        assertThat(tools.ran).isEmpty();
        assertThat(model.answer()).contains("arguments.ambiguous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.9", "\"8\"", "true", "[8]", "{\"value\":8}"})
    void refusesWhatSpringWouldTurnIntoAnInteger(String cents) {
        ScriptedModel model =
                ScriptedModel.asking(toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":" + cents + "}"));

        turn(Mode.CALL, model);

        assertThat(tools.ran).isEmpty();
        assertThat(authority.requests()).isEmpty();
        assertThat(model.answer()).contains("arguments.wrong_type");
    }

    @Test
    void givesTheToolTheTextThatWasChecked() {
        ToolCallback echo = new EchoTool("book");
        ScriptedModel model =
                ScriptedModel.asking(toolCall("call_1", "book", " {\"cents\": 8.0, \"city\":\"P\\u0061ris\"} "));

        Mode.CALL.ask(request(model).tools(echo));

        assertThat(model.answer()).isEqualTo("{\"cents\":8,\"city\":\"Paris\"}");
        assertThat(authority.requests().get(0).spendCents()).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource
    void deniesAToolThatNobodyDeclared(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "undeclared", "{}"));

        turn(mode, model);

        assertThat(tools.ran).isEmpty();
        assertThat(model.answer()).contains("tool.undeclared");
    }

    @ParameterizedTest
    @EnumSource
    void deniesAToolThatTheRequestDoesNotOffer(Mode mode) {
        ScriptedModel model =
                ScriptedModel.asking(toolCall("call_1", "book_everything", "{}"), toolCall("call_2", "list", "{}"));

        assertThat(turn(mode, model)).isEqualTo("done");

        assertThat(model.answers().get(0).responseData()).contains("tool.undeclared");
        assertThat(tools.ran).containsExactly("list null");
    }

    @ParameterizedTest
    @EnumSource
    void doesNotShowADenialOfAReturnDirectToolToTheEndUser(Mode mode) {
        authority.refusing("call_1");
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "brochure", "{}"));

        assertThat(turn(mode, model)).isEqualTo("done");
        assertThat(model.answer()).contains("budget_exceeded");
    }

    @ParameterizedTest
    @EnumSource
    void keepsReturnDirectOfAnAllowedTool(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "brochure", "{}"));

        assertThat(turn(mode, model)).isEqualTo("\"a brochure\"");
        assertThat(model.rounds()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void leavesACleanFailureToSpring(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "soldOut", "{}"));

        turn(mode, model);

        assertThat(model.answer()).isEqualTo("no rooms left");
        assertThat(authority.completed()).containsExactly(SpendOutcome.RELEASED);
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheModelNotToRepeatACallInDoubt(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "timeout", "{}"));

        assertThat(turn(mode, model)).isEqualTo("done");

        assertThat(model.answer()).contains("in_doubt").doesNotContain("connection reset");
        assertThat(authority.completed()).isEmpty();
    }

    @Test
    void judgesFailuresAsTheToolDeclaresThem() {
        assertThat(CapabilityToolCallback.guard(callback("badGateway"), guards).call("{}"))
                .contains("in_doubt");
        assertThatThrownBy(() -> CapabilityToolCallback.guard(callback("neverConnected"), guards)
                        .call("{}"))
                .isInstanceOf(ToolExecutionException.class)
                .hasCauseInstanceOf(UncheckedIOException.class);
        assertThat(authority.completed()).containsExactly(SpendOutcome.RELEASED);
    }

    @ParameterizedTest
    @EnumSource
    void guardsAToolThatAnAdvisorAdds(Mode mode) {
        authority.refusing("call_1");
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        mode.ask(request(model).advisors(new AddingAdvisor(callback("list"))));

        assertThat(tools.ran).isEmpty();
        assertThat(model.answer()).contains("budget_exceeded");
    }

    @Test
    void abortsTheTurnWhenAToolFailsWithAnError() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "broken", "{}"));

        assertThatThrownBy(() -> turn(Mode.CALL, model))
                .isInstanceOf(ToolExecutionException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(authority.completed()).isEmpty();
    }

    @Test
    void throwsACleanFailureOutsideATurnAsItWasThrown() {
        ToolCallback soldOut = CapabilityToolCallback.guard(callback("soldOut"), guards);

        assertThatThrownBy(() -> soldOut.call("{}"))
                .isInstanceOf(ToolExecutionException.class)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no rooms left");
    }

    @Test
    void judgesAFailureByItsCauseAndNotBySpringsWrapping() {
        ToolCallback timeout = CapabilityToolCallback.guard(callback("timeout"), guards);

        assertThat(timeout.call("{}")).contains("in_doubt").doesNotContain(UncheckedIOException.class.getSimpleName());
    }

    @ParameterizedTest
    @EnumSource
    void guardsCallbacksAndProvidersLikeObjects(Mode mode) {
        authority.refusing("call_1");
        ToolCallbackProvider provider =
                MethodToolCallbackProvider.builder().toolObjects(tools).build();
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        mode.ask(request(model).tools(provider));

        assertThat(tools.ran).isEmpty();
        assertThat(model.answer()).contains("budget_exceeded");
    }

    @ParameterizedTest
    @EnumSource
    void chargesAToolOnceThatIsGuardedTwice(Mode mode) {
        ToolCallback guarded = CapabilityToolCallback.guard(callback("list"), guards);
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        mode.ask(request(model).tools(guarded));

        assertThat(authority.callIds()).containsExactly("call_1");
        assertThat(tools.ran).hasSize(1);
    }

    @Test
    void runsStreamedToolsOffTheCallersThread() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":1}"));
        ConversationGuards conversations = ConversationGuards.create();
        ChatClient client = GuardedChatClient.builder(model, conversations).build();

        try (GuardHandle conversation = conversations.open(TestGuards.guard(tools, authority))) {
            Mode.STREAM.ask(client.prompt("go").tools(tools).toolContext(conversation.toolContext()));
        }

        assertThat(tools.ran).hasSize(1);
        assertThat(tools.thread).isNotNull().isNotSameAs(Thread.currentThread());
    }

    @ParameterizedTest
    @EnumSource
    void deniesWithoutAConversation(Mode mode) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));
        ChatClient client =
                GuardedChatClient.builder(model, ConversationGuards.create()).build();

        mode.ask(client.prompt("go").tools(tools).toolContext(Map.of("user", "ann")));

        assertThat(tools.ran).isEmpty();
        assertThat(model.answer()).contains("guard.missing");
    }

    @Test
    void showsNoToolTheConversationsHandle() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "idOfCall", "{}"));
        ConversationGuards conversations = ConversationGuards.create();
        ChatClient client = GuardedChatClient.builder(model, conversations).build();

        try (GuardHandle conversation = conversations.open(TestGuards.guard(tools, authority))) {
            client.prompt("go")
                    .tools(tools)
                    .toolContext(conversation.toolContext())
                    .call()
                    .content();
        }

        assertThat(model.answer()).isEqualTo("\"{paybond.callId=call_1}\"");
    }

    @Test
    void isOpenWhenAClientIsBuiltWithSpringsOwnFactory() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        ChatClient.create(model).prompt("go").tools(tools).call().content();

        assertThat(tools.ran).as("documented: nothing guards this client").hasSize(1);
        assertThat(authority.requests()).isEmpty();
    }

    @Test
    void closesSpringsOwnBuilderWithTheAdvisor() {
        authority.refusing("call_1");
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        ChatClient client = ChatClient.builder(model)
                .defaultAdvisors(GuardedChatClient.advisor(guards))
                .build();
        client.prompt("go").tools(tools).call().content();

        assertThat(tools.ran).isEmpty();
        assertThat(model.answer()).contains("budget_exceeded");
    }

    /** Adds a tool to every request, as a search for tools does. */
    record AddingAdvisor(ToolCallback tool) implements BaseAdvisor {
        @Override
        public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
            ChatOptions options = ToolCallingChatOptions.builder()
                    .toolCallbacks(List.of(tool))
                    .build();
            Prompt prompt = new Prompt(request.prompt().getInstructions(), options);
            return request.mutate().prompt(prompt).build();
        }

        @Override
        public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
            return response;
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }

    private ToolCallback callback(String name) {
        ToolCallbackProvider provider =
                MethodToolCallbackProvider.builder().toolObjects(tools).build();
        return List.of(provider.getToolCallbacks()).stream()
                .filter(tool -> tool.getToolDefinition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
