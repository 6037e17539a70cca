package ai.paybond.kit.run;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * A run of an agent. Immutable; each method returns a changed copy.
 *
 * @param runId names it, 1 to 256 characters
 * @param intentId the intent that it works on
 * @param operation what it is mainly about; empty by default
 * @param sandbox whether no money moves; no by default
 * @param allowedTools what it may do; empty by default
 * @param completionPreset how its evidence is judged; empty by default
 * @param raw what the Gateway has of it; empty for a run that was made here
 */
public record AgentRun(
        String runId,
        String intentId,
        String operation,
        boolean sandbox,
        List<String> allowedTools,
        String completionPreset,
        JsonObject raw) {

    public AgentRun {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(intentId, "intentId");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(completionPreset, "completionPreset");
        allowedTools = List.copyOf(allowedTools);
    }

    /** A run on an intent, with every default. */
    public static AgentRun of(String runId, String intentId) {
        return new AgentRun(
                runId, intentId, "", false, List.of(), "", JsonObject.builder().build());
    }

    /** Mainly about this operation. */
    public AgentRun withOperation(String newOperation) {
        return new AgentRun(runId, intentId, newOperation, sandbox, allowedTools, completionPreset, raw);
    }

    /** In which no money moves. */
    public AgentRun inSandbox() {
        return new AgentRun(runId, intentId, operation, true, allowedTools, completionPreset, raw);
    }

    /** That may do this. */
    public AgentRun withAllowedTools(List<String> tools) {
        return new AgentRun(runId, intentId, operation, sandbox, tools, completionPreset, raw);
    }

    /** Whose evidence is judged by this preset. */
    public AgentRun withCompletionPreset(String preset) {
        return new AgentRun(runId, intentId, operation, sandbox, allowedTools, preset, raw);
    }

    JsonObject body() {
        return JsonObject.builder()
                .put("intent_id", intentId)
                .put("operation", operation)
                .put("sandbox", sandbox)
                .put("allowed_tools", allowedTools)
                .put("completion_preset", completionPreset)
                .build();
    }

    static AgentRun of(Reply reply) {
        return new AgentRun(
                reply.string("run_id"),
                reply.optionalString("intent_id").orElse(""),
                reply.optionalString("operation").orElse(""),
                reply.optionalBool("sandbox").orElse(false),
                reply.strings("allowed_tools"),
                reply.optionalString("completion_preset").orElse(""),
                reply.json());
    }
}
