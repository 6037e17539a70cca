package ai.paybond.kit.guard;

import ai.paybond.kit.wire.Hex;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf and as what an agent acts, for the authority's spend policy and receipts. Every part is optional and is
 * told the authority with each call; none is checked here or seen by a model. Names are those of the Paybond Harbor
 * contract for {@code POST /verify}.
 *
 * @param subject who acts, such as the user's id; {@code agent_subject}
 * @param taskId the task that the calls belong to; {@code task_id}
 * @param workflowId the workflow that the task belongs to; {@code workflow_id}
 * @param modelFamily the model that decides; {@code model_family}
 * @param configHashHex the hash of system prompt, tools and policy, 64 hex digits; {@code config_hash_hex}. See
 *     {@link ai.paybond.kit.wire.receipt.ReceiptHashes}
 * @param promptHashHex the hash of the user's prompt, 64 hex digits; {@code prompt_hash_hex}
 */
public record AgentContext(
        @Nullable String subject,
        @Nullable String taskId,
        @Nullable String workflowId,
        @Nullable String modelFamily,
        @Nullable String configHashHex,
        @Nullable String promptHashHex) {
    /** Nothing is told. */
    public static final AgentContext NONE = new AgentContext(null, null, null, null, null, null);

    private static final Pattern TEXT = Pattern.compile("\\P{Cntrl}{1,256}");

    /** @throws IllegalArgumentException when a text is blank, longer than 256 characters or has control characters, or a hash is none */
    public AgentContext {
        requireText(subject);
        requireText(taskId);
        requireText(workflowId);
        requireText(modelFamily);
        requireHash(configHashHex);
        requireHash(promptHashHex);
    }

    /** Acts for this user or service. */
    public static AgentContext of(String subject) {
        return new AgentContext(Objects.requireNonNull(subject, "subject"), null, null, null, null, null);
    }

    /** The same within a task, and within a workflow unless that is null. */
    public AgentContext task(String id, @Nullable String workflow) {
        return new AgentContext(subject, id, workflow, modelFamily, configHashHex, promptHashHex);
    }

    /** The same with what decides: the model, what it was set up with and what it was asked. */
    public AgentContext model(String family, @Nullable String configHash, @Nullable String promptHash) {
        return new AgentContext(subject, taskId, workflowId, family, configHash, promptHash);
    }

    private static void requireText(@Nullable String text) {
        if (text != null && (text.isBlank() || !TEXT.matcher(text).matches())) {
            throw new IllegalArgumentException("a part of the agent's context is no name of up to 256 characters");
        }
    }

    private static void requireHash(@Nullable String hash) {
        if (hash != null && !Hex.isDigest(hash)) {
            throw new IllegalArgumentException("a hash of the agent's context is not 64 lower-case hex digits");
        }
    }
}
