package ai.paybond.kit.springai;

import ai.paybond.kit.approval.ApprovalAnswer;
import ai.paybond.kit.approval.ApprovalRequest;
import ai.paybond.kit.guard.ModelText;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;

/**
 * Takes up tool calls that wait for a person, so that their conversation can go on.
 *
 * <p>A held call does not break a turn: the model reads that a person is asked, and answers. Nothing waits in memory, so the
 * process may end. Once the person has said yes, {@link #resume} runs the call with the arguments that were approved;
 * {@link ResumedCall#addTo} puts it into the chat memory, and the next message to the chat client goes on from there.
 *
 * <pre>{@code
 * ResumedCall resumed = HeldToolCalls.of(guard, tools).resume(callId, ApprovalAnswer.approved());
 * resumed.addTo(memory, conversationId);
 * chatClient.prompt("The call was decided on. Go on.").advisors(a -> a.param(ChatMemory.CONVERSATION_ID, conversationId)).call();
 * }</pre>
 *
 * <p>As thread-safe as the guard; do not resume calls of a conversation while its chat client works on it.
 */
public final class HeldToolCalls {

    private final ToolGuard guard;
    private final ToolCallbackResolver tools;

    private HeldToolCalls(ToolGuard guard, ToolCallbackResolver tools) {
        this.guard = Objects.requireNonNull(guard, "guard");
        this.tools = Objects.requireNonNull(tools, "tools");
    }

    /**
     * @param guard the guard that held the calls, or one of a later process for the same intent and journal
     * @param tools finds the tools by name, guarded or not
     */
    public static HeldToolCalls of(ToolGuard guard, ToolCallbackResolver tools) {
        return new HeldToolCalls(guard, tools);
    }

    /** As {@link #of(ToolGuard, ToolCallbackResolver)}, with the tools themselves. */
    public static HeldToolCalls of(ToolGuard guard, List<ToolCallback> tools) {
        List<ToolCallback> all = List.copyOf(tools);
        return of(guard, name -> all.stream()
                .filter(tool -> tool.getToolDefinition().name().equals(name))
                .findFirst()
                .orElse(null));
    }

    /** The calls that wait, the longest first. */
    public List<ApprovalRequest> waiting() {
        return guard.held();
    }

    /**
     * Gives a person's answer to one call; an approved call runs now, on this thread, and the tool finds only the id of its call
     * in its tool context. A failure of the tool becomes text for the model, not an exception.
     *
     * @param callId as {@link ApprovalRequest#callId()} has it
     * @throws IllegalArgumentException when no call waits under this id, or its tool cannot be found
     */
    public ResumedCall resume(String callId, ApprovalAnswer answer) {
        ApprovalRequest waiting = guard.held().stream()
                .filter(request -> request.callId().equals(callId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no call waits under this id"));
        ToolCallback tool = tools.resolve(waiting.toolName());
        if (tool == null) {
            throw new IllegalArgumentException("the tool of the call cannot be found");
        }
        Ran ran = CapabilityToolCallback.guard(tool, GuardResolver.fixed(guard)).resume(guard, callId, answer);
        JsonObject arguments =
                answer instanceof ApprovalAnswer.Edited edited ? edited.arguments() : waiting.arguments();
        return new ResumedCall(
                GuardedCall.of(waiting.toolName(), callId, ran.outcome()), callId, arguments.toJson(), ran.text());
    }

    static String textOf(ToolOutcome.Failed<String> failed) {
        return failed.inDoubt()
                ? ModelText.inDoubt()
                : JsonObject.builder()
                        .put("error", "tool_failed")
                        .put("code", "tool.failed")
                        .put("message", "The approved call failed; nothing was done or charged.")
                        .build()
                        .toJson();
    }

    /** What became of a resumed call, and what the model reads. */
    record Ran(ToolOutcome<String> outcome, String text) {}
}
