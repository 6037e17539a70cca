package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.GuardRun;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.journal.CallState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the advisor binds to a turn and tells about it. */
class CapabilityAdvisorTest {

    private final HotelTools tools = new HotelTools();
    private final RecordingAuthority authority = new RecordingAuthority();
    private final ToolGuard guard = TestGuards.guard(tools, authority);
    private final ConversationGuards guards =
            ConversationGuards.builder().capacity(2).build();

    /** How a client asks its model for all that it says. */
    enum Form {
        CALL {
            @Override
            ChatClientResponse ask(ChatClient.ChatClientRequestSpec request) {
                return request.call().chatClientResponse();
            }
        },
        STREAM {
            @Override
            ChatClientResponse ask(ChatClient.ChatClientRequestSpec request) {
                return Objects.requireNonNull(
                        request.stream().chatClientResponse().blockLast());
            }
        };

        abstract ChatClientResponse ask(ChatClient.ChatClientRequestSpec request);
    }

    private ChatClient.ChatClientRequestSpec request(ScriptedModel model, Advisor advisor) {
        return GuardedChatClient.builder(model, guards)
                .defaultAdvisors(advisor)
                .build()
                .prompt("go")
                .tools(tools);
    }

    private ChatClient.ChatClientRequestSpec request(ScriptedModel model, TurnGuard turnGuard) {
        return request(model, CapabilityAdvisor.of(guards, turnGuard));
    }

    private static List<GuardedCall> calls(ChatClientResponse response) {
        return CapabilityAdvisor.callsOf(response);
    }

    @ParameterizedTest
    @EnumSource
    void tellsReceiptsAndDecisionsOfATurn(Form form) {
        authority.refusing("call_2").holding("call_3");
        ScriptedModel model = ScriptedModel.asking(
                toolCall("call_1", "book", "{\"city\":\"Paris\",\"cents\":5}"),
                toolCall("call_2", "list", "{}"),
                toolCall("call_3", "list", "{}"),
                toolCall("call_4", "invented", "{}"));

        List<GuardedCall> calls = calls(form.ask(request(model, request -> Mono.just(guard))));

        assertThat(calls)
                .extracting(GuardedCall::callId, GuardedCall::toolName, GuardedCall::ran)
                .containsExactly(
                        tuple("call_1", "book", true),
                        tuple("call_2", "list", false),
                        tuple("call_3", "list", false),
                        tuple("call_4", "invented", false));
        assertThat(Objects.requireNonNull(calls.get(0).receipt()).state()).isEqualTo(CallState.DELIVERED);
        assertThat(calls.get(1).decision()).isInstanceOf(Decision.Denied.class);
        assertThat(calls.get(2).decision()).isInstanceOf(Decision.ApprovalRequired.class);
        assertThat(calls.toString()).doesNotContain("Paris").doesNotContain("booked");
    }

    @ParameterizedTest
    @EnumSource
    void namesTheRunToWhoeverReadsTheResponse(Form form) {
        ChatClientResponse response =
                form.ask(request(ScriptedModel.asking(toolCall("call_1", "list", "{}")), request -> Mono.just(guard)));

        assertThat(response.context().get(CapabilityAdvisor.RUN))
                .isInstanceOfSatisfying(GuardRun.class, run -> assertThat(run.intentId())
                        .isEqualTo(guard.binding().intentId()));
        assertThat(response.context().toString()).doesNotContain(TestGuards.TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void opensAHandleForEachTurnAndClosesIt(Form form) {
        for (int turn = 0; turn < 5; turn++) {
            ScriptedModel model = ScriptedModel.asking(toolCall("call_" + turn, "list", "{}"));
            form.ask(request(model, request -> Mono.just(guard)));
        }

        assertThat(authority.callIds()).hasSize(5);
    }

    @Test
    void closesTheHandleOfAStreamThatIsCancelled() {
        for (int turn = 0; turn < 5; turn++) {
            ScriptedModel model = ScriptedModel.asking(toolCall("call_" + turn, "list", "{}"));
            Flux<ChatClientResponse> stream =
                    request(model, request -> Mono.just(guard)).stream().chatClientResponse();
            stream.take(1).blockLast();
        }

        assertThat(guards.open(guard)).isNotNull();
        assertThat(guards.open(guard)).as("both places are free").isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheGuardThatTheRequestsHandleNames(Form form) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        try (GuardHandle conversation = guards.open(guard)) {
            ChatClientResponse response =
                    form.ask(request(model, CapabilityAdvisor.of(guards)).toolContext(conversation.toolContext()));

            assertThat(calls(response)).extracting(GuardedCall::callId).containsExactly("call_1");
        }
        assertThat(authority.callIds()).containsExactly("call_1");
    }

    @ParameterizedTest
    @EnumSource
    void deniesEverythingToARequestWithoutAGuardEvenIfThereIsAFixedOne(Form form) {
        ConversationGuards fixed =
                ConversationGuards.builder().fallback(() -> guard).build();
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));
        ChatClient client = GuardedChatClient.builder(model, fixed)
                .defaultAdvisors(CapabilityAdvisor.of(fixed, request -> Mono.empty()))
                .build();

        form.ask(client.prompt("go").tools(tools));

        assertThat(model.shownTools()).isEmpty();
        assertThat(model.answer()).contains("tool.not_attached");
        assertThat(tools.ran).isEmpty();
        assertThat(authority.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deniesEverythingWhenTheGuardCannotBeFound(Form form) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));

        form.ask(request(model, request -> {
            throw new IllegalStateException("no directory");
        }));

        assertThat(tools.ran).isEmpty();
        assertThat(authority.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hidesToolsThatNobodyDeclared(Form form) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "undeclared", "{}"));

        form.ask(request(model, request -> Mono.just(guard)));

        assertThat(model.shownTools()).contains("book", "list").doesNotContain("undeclared");
        assertThat(tools.ran).as("what is hidden is refused too").isEmpty();
        assertThat(model.answer()).contains("tool.undeclared");
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatElseIsInTheToolContext(Form form) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "idOfCall", "{}"));

        form.ask(request(model, request -> Mono.just(guard)).toolContext(Map.of("city", "Paris")));

        assertThat(model.answer()).contains("city=Paris", "paybond.callId=call_1");
    }

    @ParameterizedTest
    @EnumSource
    void isNotTheGuard(Form form) {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "list", "{}"));
        ChatClient client = GuardedChatClient.builder(model, guards).build();

        form.ask(client.prompt("go").tools(tools));

        assertThat(tools.ran).as("without the advisor too").isEmpty();
        assertThat(model.answer()).contains("guard.missing");
    }

    @Test
    void runsOutsideOfMemoryAndToolLoop() {
        CapabilityAdvisor advisor = CapabilityAdvisor.of(guards);

        assertThat(advisor.getOrder())
                .isEqualTo(CapabilityAdvisor.DEFAULT_ORDER)
                .isLessThan(Advisor.DEFAULT_CHAT_MEMORY_PRECEDENCE_ORDER)
                .isLessThan(ToolCallingAdvisor.DEFAULT_ORDER);
        assertThat(advisor.withOrder(7).getOrder()).isEqualTo(7);
    }
}
