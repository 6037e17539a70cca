package ai.paybond.kit.langchain4j;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.wire.json.JsonObject;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes up tool calls that wait for a person, in the conversation that they belong to.
 *
 * <p>A held call does not break a turn: the model reads that a person is asked, and answers. Nothing waits in memory, so the
 * process may end. Once the person has said yes, {@link #resume} runs the call with the arguments that were approved and puts its
 * result into the chat memory where the refusal stood; the next message to the AI service goes on from there.
 *
 * <pre>{@code
 * HeldToolCalls held = HeldToolCalls.of(guard, tools);
 * for (ApprovalRequest waiting : held.in(memory)) {
 *     held.resume(waiting.callId(), ApprovalAnswer.approved(), memory);
 * }
 * assistant.chat("The booking was approved. Go on.");
 * }</pre>
 *
 * <p>As thread-safe as the guard and the memory; do not resume calls of a conversation while the AI service works on it.
 */
public final class HeldToolCalls {
    private final ToolGuard guard;
    private final Map<String, ToolExecutor> tools;

    private HeldToolCalls(ToolGuard guard, Map<String, ToolExecutor> tools) {
        this.guard = guard;
        this.tools = tools;
    }

    /**
     * @param guard the guard that held the calls, or one of a later process for the same intent and journal
     * @param tools the tools of the AI service, guarded or not
     */
    public static HeldToolCalls of(ToolGuard guard, Collection<AiServiceTool> tools) {
        Map<String, ToolExecutor> byDeclaredName = new HashMap<>();
        for (AiServiceTool tool : tools) {
            if (tool.toolExecutor() instanceof CapabilityToolExecutor guarded) {
                byDeclaredName.put(guarded.declaredName(), guarded.delegate());
            } else {
                byDeclaredName.put(tool.name(), tool.toolExecutor());
            }
        }
        return new HeldToolCalls(Objects.requireNonNull(guard, "guard"), byDeclaredName);
    }

    /** The calls of a conversation that still wait for a person, the longest first. */
    public List<ApprovalRequest> in(ChatMemory memory) {
        List<ChatMessage> messages = memory.messages();
        return guard.held().stream()
                .filter(request -> placeOf(request, messages).isPresent())
                .toList();
    }

    /**
     * Gives a person's answer to one call; an approved call runs now. The result takes the place of the refusal in the memory, or
     * nothing changes there when the memory has dropped it. A failure of the tool becomes an error result, not an exception.
     *
     * @param callId as {@link ApprovalRequest#callId()} has it
     * @return what the model will read
     * @throws IllegalArgumentException when no call waits under this id, or its tool is not among the tools
     */
    public ToolExecutionResultMessage resume(String callId, ApprovalAnswer answer, ChatMemory memory) {
        ApprovalRequest waiting = guard.held().stream()
                .filter(request -> request.callId().equals(callId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no call waits under this id"));
        ToolExecutor tool = tools.get(waiting.toolName());
        if (tool == null) {
            throw new IllegalArgumentException("the tool of the call is not among the tools");
        }
        List<ChatMessage> messages = new ArrayList<>(memory.messages());
        Optional<Integer> place = placeOf(waiting, messages);
        ToolExecutionRequest request = requestOf(waiting, place.map(messages::get));
        InvocationContext context =
                InvocationContext.builder().chatMemoryId(memory.id()).build();
        ToolOutcome<ToolExecutionResult> outcome =
                guard.resume(callId, answer, new DelegateBody(tool, request, context));
        ToolExecutionResultMessage message = messageOf(request, resultOf(outcome, callId));
        place.ifPresent(index -> {
            messages.set(index, message);
            memory.set(messages);
        });
        return message;
    }

    /** Under the id that the model's provider drew, which the memory knows. */
    private static ToolExecutionRequest requestOf(ApprovalRequest waiting, Optional<ChatMessage> refusal) {
        Optional<ToolExecutionResultMessage> shown = refusal.map(ToolExecutionResultMessage.class::cast);
        return ToolExecutionRequest.builder()
                .id(shown.map(ToolExecutionResultMessage::id).orElse(waiting.callId()))
                .name(shown.map(ToolExecutionResultMessage::toolName).orElse(waiting.toolName()))
                .arguments(ToolArguments.text(waiting.arguments()))
                .build();
    }

    private static ToolExecutionResult resultOf(ToolOutcome<ToolExecutionResult> outcome, String callId) {
        if (outcome instanceof ToolOutcome.Failed<ToolExecutionResult> failed
                && !(failed.thrown() instanceof ToolErrorResultException)) {
            return GuardedResults.error(
                    failed.inDoubt() ? ModelText.inDoubt() : failedCleanly(), ReceiptAttributes.of(failed.receipt()));
        }
        return GuardedResults.of(outcome, callId);
    }

    private static String failedCleanly() {
        return JsonObject.builder()
                .put("error", "tool_failed")
                .put("code", "tool.failed")
                .put("message", "The approved call failed; nothing was done or charged.")
                .build()
                .toJson();
    }

    private static ToolExecutionResultMessage messageOf(ToolExecutionRequest request, ToolExecutionResult result) {
        return ToolExecutionResultMessage.builder()
                .id(request.id())
                .toolName(request.name())
                .contents(result.resultContents())
                .isError(result.isError())
                .attributes(result.attributes())
                .build();
    }

    /** Where the refusal stands that a held call left in a conversation. */
    private static Optional<Integer> placeOf(ApprovalRequest request, List<ChatMessage> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof ToolExecutionResultMessage result && isOf(request, result.attributes())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static boolean isOf(ApprovalRequest request, Map<String, Object> attributes) {
        boolean waits = attributes.containsKey(ReceiptAttributes.CODE);
        return waits
                && (request.callId().equals(attributes.get(ReceiptAttributes.CALL_ID))
                        || sameRequest(request.requestId(), attributes.get(ReceiptAttributes.APPROVAL_REQUEST_ID)));
    }

    private static boolean sameRequest(@Nullable String asked, @Nullable Object shown) {
        return asked != null && asked.equals(shown);
    }
}
