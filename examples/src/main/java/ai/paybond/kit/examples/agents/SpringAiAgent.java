package ai.paybond.kit.examples.agents;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.springai.GuardedChatClient;
import java.util.Objects;
import org.springframework.ai.chat.client.ChatClient;

/** A Spring AI chat client. All that is special about it is where its builder comes from. */
public final class SpringAiAgent implements TravelAgent {
    private final SpringAiModel model;
    private final ChatClient client;

    /** @param guard made for {@code GuardedTools.registry(tools)} */
    public SpringAiAgent(ModelEndpoint endpoint, ToolGuard guard, SpringAiTravelTools tools) {
        this.model = new SpringAiModel(endpoint);
        this.client = GuardedChatClient.builder(model.chatModel(), GuardResolver.fixed(guard))
                .defaultTools(tools)
                .build();
    }

    @Override
    public String ask(String request) {
        return Objects.requireNonNullElse(client.prompt(request).call().content(), "");
    }

    @Override
    public void close() {
        model.close();
    }
}
