package ai.paybond.kit.examples.agents;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.OpenAIClientAsyncImpl;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.http.okhttp.SpringAiOpenAiHttpClient;

/**
 * Spring AI's OpenAI model with clients of its own, so that their threads end with it; Spring Boot does this for you.
 */
public final class SpringAiModel implements AutoCloseable {
    private final OpenAIClient client;
    private final OpenAIClientAsync streamingClient;
    private final OpenAiChatModel chatModel;

    /** @param endpoint where the model answers */
    public SpringAiModel(ModelEndpoint endpoint) {
        ClientOptions options = ClientOptions.builder()
                .httpClient(SpringAiOpenAiHttpClient.builder().build())
                .baseUrl(endpoint.baseUrl().toString())
                .apiKey(endpoint.apiKey())
                .build();
        this.client = new OpenAIClientImpl(options);
        this.streamingClient = new OpenAIClientAsyncImpl(options);
        this.chatModel = OpenAiChatModel.builder()
                .openAiClient(client)
                .openAiClientAsync(streamingClient)
                .options(OpenAiChatOptions.builder().model(endpoint.model()).build())
                .build();
    }

    /** For a chat client; usable until this is closed. */
    public OpenAiChatModel chatModel() {
        return chatModel;
    }

    @Override
    public void close() {
        client.close();
        streamingClient.close();
    }
}
