package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;

/** Calls that waited for a person, and their conversations. */
class HeldToolCallsTest {

    private final RecordingAuthority authority = new RecordingAuthority();
    private final ToolGuard guard = TestGuards.guard(
            ToolRegistry.of(ToolDeclaration.builder("pay")
                    .spend(SpendRule.argument("cents"))
                    .requiresApproval()
                    .withoutEvidence()
                    .build()),
            authority);
    private final ToolCallback pay = CapabilityToolCallback.guard(new EchoTool("pay"), GuardResolver.fixed(guard));
    private final ChatMemory memory = MessageWindowChatMemory.builder().build();

    @BeforeEach
    void hold() {
        assertThat(guard.call("pay", "call_1", "{\"cents\":100}", call -> "never")
                        .isExecuted())
                .isFalse();
        assertThat(authority.requests()).isEmpty();
    }

    private HeldToolCalls held(ToolCallback... tools) {
        return HeldToolCalls.of(guard, List.of(tools));
    }

    @Test
    void runsAnApprovedCallOnceWithItsArguments() {
        assertThat(held(pay).waiting()).hasSize(1);

        ResumedCall resumed = held(pay).resume("call_1", ApprovalAnswer.approved());

        assertThat(resumed.text()).isEqualTo("{\"cents\":100}");
        assertThat(resumed.call().ran()).isTrue();
        assertThat(authority.callIds()).containsExactly("call_1");
        assertThat(held(pay).waiting()).isEmpty();
        assertThatThrownBy(() -> held(pay).resume("call_1", ApprovalAnswer.approved()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsTheModelWhyACallWasRejected() {
        ResumedCall resumed = held(pay).resume("call_1", ApprovalAnswer.rejected("too dear"));

        assertThat(resumed.text()).contains("approval.rejected", "too dear");
        assertThat(resumed.call().ran()).isFalse();
        assertThat(authority.requests()).isEmpty();
    }

    @Test
    void runsTheArgumentsThatAPersonWrote() {
        ResumedCall resumed = held(pay).resume("call_1", ApprovalAnswer.edited(JsonObject.parse("{\"cents\":7}")));

        assertThat(resumed.text()).isEqualTo("{\"cents\":7}");
        assertThat(resumed.argumentsJson()).isEqualTo("{\"cents\":7}");
        assertThat(resumed.callId()).as("what the model asked under").isEqualTo("call_1");
        assertThat(authority.requests()).singleElement().satisfies(request -> assertThat(request.spendCents())
                .isEqualTo(7));
    }

    @Test
    void makesTextOfAFailureInsteadOfThrowing() {
        ResumedCall clean =
                held(failing(new IllegalStateException("no rooms"))).resume("call_1", ApprovalAnswer.approved());

        assertThat(clean.text()).contains("tool.failed").doesNotContain("no rooms");
    }

    @Test
    void tellsOfACallInDoubt() {
        ResumedCall doubtful = held(failing(new UncheckedIOException(new IOException("reset"))))
                .resume("call_1", ApprovalAnswer.approved());

        assertThat(doubtful.text()).contains("tool.in_doubt").doesNotContain("reset");
    }

    @Test
    void leavesACallWaitingWhoseToolIsNotThere() {
        assertThatThrownBy(() -> held().resume("call_1", ApprovalAnswer.approved()))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(held(pay).waiting()).hasSize(1);
    }

    @Test
    void addsRequestAndAnswerToAMemoryOfWhatWasSaid() {
        memory.add("c", List.of(new UserMessage("Pay"), new AssistantMessage("A person is asked.")));

        held(pay).resume("call_1", ApprovalAnswer.approved()).addTo(memory, "c");

        List<Message> messages = memory.get("c");
        assertThat(messages).hasSize(4);
        assertThat(((AssistantMessage) messages.get(2)).getToolCalls())
                .extracting(AssistantMessage.ToolCall::id)
                .containsExactly("call_1");
        assertThat(answerIn(messages.get(3))).isEqualTo("{\"cents\":100}");
    }

    @Test
    void replacesTheAnswerInAMemoryOfToolCalls() {
        memory.add(
                "c",
                List.of(
                        new UserMessage("Pay"),
                        ToolResponseMessage.builder()
                                .responses(List.of(
                                        new ToolResponseMessage.ToolResponse("call_1", "pay", "a person is asked")))
                                .build(),
                        new AssistantMessage("A person is asked.")));

        held(pay).resume("call_1", ApprovalAnswer.approved()).addTo(memory, "c");

        assertThat(memory.get("c")).hasSize(3);
        assertThat(answerIn(memory.get("c").get(1))).isEqualTo("{\"cents\":100}");
    }

    @Test
    void showsNeitherArgumentsNorResultInItsText() {
        assertThat(held(pay).resume("call_1", ApprovalAnswer.approved()).toString())
                .doesNotContain("{\"cents\":100}");
    }

    private static String answerIn(Message message) {
        return ((ToolResponseMessage) message).getResponses().get(0).responseData();
    }

    private static ToolCallback failing(RuntimeException failure) {
        return new ToolCallback() {
            @Override
            public ToolDefinition getToolDefinition() {
                return new EchoTool("pay").getToolDefinition();
            }

            @Override
            public String call(String toolInput) {
                throw failure;
            }
        };
    }
}
