package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.Attack.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.wire.json.JsonObject;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A turn that pauses for a person, and a later one that goes on with the approved call. */
class HeldToolCallsTest {
    interface Assistant {
        String chat(String message);
    }

    /** Keeps the text that a real store would keep, and nothing else. */
    private static final class TextStore implements ChatMemoryStore {
        private String kept = "[]";

        @Override
        public List<ChatMessage> getMessages(Object memoryId) {
            return ChatMessageDeserializer.messagesFromJson(kept);
        }

        @Override
        public void updateMessages(Object memoryId, List<ChatMessage> messages) {
            kept = ChatMessageSerializer.messagesToJson(messages);
        }

        @Override
        public void deleteMessages(Object memoryId) {
            kept = "[]";
        }
    }

    private final FakeAuthority authority = new FakeAuthority(1_000);
    private final CallJournal journal = new InMemoryCallJournal();
    private final Purse purse = new Purse();
    private final TextStore store = new TextStore();

    /** What one process has; the journal and the store are what processes share. */
    private final class Process {
        final ToolGuard guard = Guards.of(
                authority,
                ToolRegistry.of(ToolDeclaration.builder("pay")
                        .spend(SpendRule.argument("cents"))
                        .withoutEvidence()
                        .approvalAboveCents(50)
                        .build()),
                journal);
        final List<AiServiceTool> tools;
        final ChatMemory memory = MessageWindowChatMemory.builder()
                .maxMessages(20)
                .chatMemoryStore(store)
                .build();

        Process(ToolExecutor pay) {
            tools = GuardedTools.of(guard, Map.of(GuardedToolsTest.named("pay"), pay));
        }

        void chat(ScriptedModel model) {
            AiServices.builder(Assistant.class)
                    .chatModel(model.model())
                    .chatMemory(memory)
                    .tools(tools)
                    .build()
                    .chat("Pay");
        }

        ToolExecutionResultMessage resume(ApprovalAnswer answer) {
            HeldToolCalls held = HeldToolCalls.of(guard, tools);
            ApprovalRequest waiting = held.in(memory).get(0);
            return held.resume(waiting.callId(), answer, memory);
        }
    }

    private Process process() {
        return new Process(purse.payExecutor());
    }

    private static void assertNoRequestDangles(List<ChatMessage> messages) {
        List<String> asked = messages.stream()
                .filter(AiMessage.class::isInstance)
                .flatMap(message -> ((AiMessage) message).toolExecutionRequests().stream())
                .map(ToolExecutionRequest::id)
                .toList();
        List<String> answered = messages.stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .map(message -> ((ToolExecutionResultMessage) message).id())
                .toList();
        assertThat(answered).containsExactlyElementsOf(asked);
    }

    @Test
    void pausesWithAValidMemoryAndRunsNothing() {
        Process process = process();
        ScriptedModel model = ScriptedModel.calling(pay("c1", 100)).thenSaying("I wait for an approval.");

        process.chat(model);

        assertThat(purse.paidCents()).isZero();
        assertThat(model.result().text()).contains("paybond_approval_required");
        assertThat(HeldToolCalls.of(process.guard, process.tools).in(process.memory))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.callId()).isEqualTo("c1"));
        assertNoRequestDangles(process.memory.messages());
    }

    @Test
    void runsTheApprovedCallInALaterProcessAndLetsTheModelGoOn() {
        process().chat(ScriptedModel.calling(pay("c1", 100)).thenSaying("I wait for an approval."));
        Process later = process();

        ToolExecutionResultMessage result = later.resume(ApprovalAnswer.approved());
        ScriptedModel model = new ScriptedModel().thenSaying("Paid.");
        later.chat(model);

        assertThat(result.text()).isEqualTo("paid");
        assertThat(purse.paidCents()).isEqualTo(100);
        assertThat(authority.reservedCents()).isEqualTo(100);
        assertThat(model.result().text()).isEqualTo("paid");
        assertThat(model.result().attributes()).containsEntry(ReceiptAttributes.STATE, "delivered");
        assertNoRequestDangles(later.memory.messages());
    }

    @Test
    void leavesTheApprovedSiblingsOfAHeldCallAlone() {
        process().chat(ScriptedModel.calling(pay("c1", 30), pay("c2", 100)));
        Process later = process();

        later.resume(ApprovalAnswer.approved());

        assertThat(purse.paidCents()).isEqualTo(130);
        assertThat(later.memory.messages().stream()
                        .filter(ToolExecutionResultMessage.class::isInstance)
                        .map(message -> ((ToolExecutionResultMessage) message).text()))
                .containsExactly("paid", "paid");
        assertNoRequestDangles(later.memory.messages());
    }

    @Test
    void tellsTheModelThatACallWasRejected() {
        process().chat(ScriptedModel.calling(pay("c1", 100)));
        Process later = process();

        ToolExecutionResultMessage result = later.resume(ApprovalAnswer.rejected("too dear"));

        assertThat(purse.paidCents()).isZero();
        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("approval.rejected");
        assertThat(HeldToolCalls.of(later.guard, later.tools).in(later.memory)).isEmpty();
        assertNoRequestDangles(later.memory.messages());
    }

    @Test
    void runsWhatThePersonMadeOfTheCall() {
        process().chat(ScriptedModel.calling(pay("c1", 100)));
        Process later = process();

        later.resume(ApprovalAnswer.edited(JsonObject.parse("{\"cents\":60}")));

        assertThat(purse.paidCents()).isEqualTo(60);
        assertNoRequestDangles(later.memory.messages());
    }

    @Test
    void keepsACallWaitingThatNobodyHasDecidedOn() {
        process().chat(ScriptedModel.calling(pay("c1", 100)));
        Process later = process();

        ToolExecutionResultMessage result = later.resume(ApprovalAnswer.pending());

        assertThat(purse.paidCents()).isZero();
        assertThat(result.text()).contains("paybond_approval_required");
        assertThat(HeldToolCalls.of(later.guard, later.tools).in(later.memory)).hasSize(1);
    }

    @Test
    void resumesACallOnce() {
        process().chat(ScriptedModel.calling(pay("c1", 100)));
        Process later = process();
        later.resume(ApprovalAnswer.approved());
        HeldToolCalls held = HeldToolCalls.of(later.guard, later.tools);

        assertThatThrownBy(() -> held.resume("c1", ApprovalAnswer.approved(), later.memory))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(purse.paidCents()).isEqualTo(100);
    }

    @Test
    void makesAFailureOfTheApprovedToolAnErrorThatDoesNotQuoteIt() {
        ToolExecutor failing = (request, memory) -> {
            throw new IllegalStateException("account 4711 is empty");
        };
        new Process(failing).chat(ScriptedModel.calling(pay("c1", 100)));
        Process later = new Process(failing);

        ToolExecutionResultMessage result = later.resume(ApprovalAnswer.approved());

        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("tool.failed").doesNotContain("4711");
        assertNoRequestDangles(later.memory.messages());
    }

    @Test
    void runsACallThatTheMemoryHasDroppedWithoutTouchingTheMemory() {
        process().chat(ScriptedModel.calling(pay("c1", 100)));
        Process later = process();
        later.memory.clear();

        ToolExecutionResultMessage result =
                HeldToolCalls.of(later.guard, later.tools).resume("c1", ApprovalAnswer.approved(), later.memory);

        assertThat(result.text()).isEqualTo("paid");
        assertThat(later.memory.messages()).isEmpty();
    }

    @Test
    void refusesACallOfAToolThatItWasNotGiven() {
        process().chat(ScriptedModel.calling(pay("c1", 100)));
        Process later = process();
        HeldToolCalls withoutTools = HeldToolCalls.of(later.guard, List.of());

        assertThatThrownBy(() -> withoutTools.resume("c1", ApprovalAnswer.approved(), later.memory))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(later.guard.held()).hasSize(1);
    }
}
