package ai.paybond.kit.examples.agents;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.springai.GuardedChatClient;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.ai.chat.client.ChatClient;

/** The same chat client, streaming. Its tools run on a scheduler's thread; the guard is the same. */
public final class SpringAiStreamingAgent implements TravelAgent {
    private final SpringAiModel model;
    private final ChatClient client;

    /** @param guard made for {@code GuardedTools.registry(tools)} */
    public SpringAiStreamingAgent(ModelEndpoint endpoint, ToolGuard guard, SpringAiTravelTools tools) {
        this.model = new SpringAiModel(endpoint);
        this.client = GuardedChatClient.builder(model.chatModel(), GuardResolver.fixed(guard))
                .defaultTools(tools)
                .build();
    }

    @Override
    public String ask(String request) {
        return Objects.requireNonNullElse(
                client.prompt(request).stream()
                        .content()
                        .collect(Collectors.joining())
                        .block(),
                "");
    }

    @Override
    public void close() {
        model.close();
    }
}
