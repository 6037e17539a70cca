package ai.paybond.kit.springai;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;

/**
 * Chat clients built by hand. {@code ChatClient.create(model)} and {@code ChatClient.builder(model)} make a tool calling
 * manager of their own, which no bean and no customizer reaches; the ones from here run their tools through a guard.
 */
public final class GuardedChatClient {

    private GuardedChatClient() {}

    /** A builder whose client runs every tool through the guard, without observations. */
    public static ChatClient.Builder builder(ChatModel model, GuardResolver guards) {
        return builder(model, guards, ObservationRegistry.NOOP);
    }

    /** A builder whose client runs every tool through the guard, and reports to the registry. */
    public static ChatClient.Builder builder(ChatModel model, GuardResolver guards, ObservationRegistry observations) {
        ToolCallingManager manager =
                ToolCallingManager.builder().observationRegistry(observations).build();
        return builder(model, CapabilityToolCallingManager.guard(manager, guards), observations);
    }

    /** A builder for an application's own manager with its limits and its handling of exceptions. */
    public static ChatClient.Builder builder(
            ChatModel model, CapabilityToolCallingManager manager, ObservationRegistry observations) {
        return ChatClient.builder(
                model, observations, null, null, ToolCallingAdvisor.builder().toolCallingManager(manager));
    }

    /**
     * The tool calling advisor that guards, for a chat client whose builder comes from elsewhere: with it in the list of
     * advisors, Spring AI registers no advisor of its own.
     */
    public static ToolCallingAdvisor advisor(GuardResolver guards) {
        ToolCallingManager manager = ToolCallingManager.builder().build();
        return ToolCallingAdvisor.builder()
                .toolCallingManager(CapabilityToolCallingManager.guard(manager, guards))
                .build();
    }

    /**
     * Whether a chat client runs its tools through a guarded manager. A client of another make than Spring AI's is taken for
     * unguarded, and so is one whose tool calling advisor was replaced by another make of advisor; advisors that a single
     * request adds are not seen.
     */
    public static boolean isGuarded(ChatClient client) {
        return ToolManagers.of(client).stream().allMatch(CapabilityToolCallingManager.class::isInstance);
    }
}
