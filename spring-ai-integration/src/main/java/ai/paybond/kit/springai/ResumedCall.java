package ai.paybond.kit.springai;

import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;

/**
 * A call that a person has answered, as its conversation needs it.
 *
 * @param call what the guard made of it
 * @param callId the id under which the model asked for it
 * @param argumentsJson the arguments that were decided on
 * @param text what the model is told: the tool's result, or why there is none
 */
public record ResumedCall(GuardedCall call, String callId, String argumentsJson, String text) {

    /** The request and its answer, in the form that chat models expect of a tool call. */
    public List<Message> messages() {
        AssistantMessage asked = AssistantMessage.builder()
                .content("")
                .toolCalls(List.of(new AssistantMessage.ToolCall(callId, "function", call.toolName(), argumentsJson)))
                .build();
        return List.of(asked, answer(List.of(response())));
    }

    /**
     * Tells the conversation. Where its memory holds tool calls, the answer takes the place of the one that said a person is
     * asked; where it holds what was said only, as Spring AI has it by default, request and answer are added at its end.
     */
    public void addTo(ChatMemory memory, String conversationId) {
        List<Message> messages = new ArrayList<>(memory.get(conversationId));
        boolean replaced = false;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof ToolResponseMessage answers && isAnsweredIn(answers)) {
                messages.set(i, replacedIn(answers));
                replaced = true;
            }
        }
        if (!replaced) {
            memory.add(conversationId, messages());
            return;
        }
        memory.clear(conversationId);
        memory.add(conversationId, messages);
    }

    private boolean isAnsweredIn(ToolResponseMessage answers) {
        return answers.getResponses().stream().anyMatch(this::isOwn);
    }

    private boolean isOwn(ToolResponse response) {
        return callId.equals(response.id());
    }

    private ToolResponseMessage replacedIn(ToolResponseMessage answers) {
        return answer(answers.getResponses().stream()
                .map(response -> isOwn(response) ? response() : response)
                .toList());
    }

    private ToolResponse response() {
        return new ToolResponse(callId, call.toolName(), text);
    }

    private static ToolResponseMessage answer(List<ToolResponse> responses) {
        return ToolResponseMessage.builder().responses(responses).build();
    }

    /** Leaves arguments and result out. */
    @Override
    public String toString() {
        return "ResumedCall[" + call + "]";
    }
}
