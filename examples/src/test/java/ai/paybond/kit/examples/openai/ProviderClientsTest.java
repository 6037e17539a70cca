package ai.paybond.kit.examples.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** The frameworks' own OpenAI clients read what the server writes, whole and streamed. */
class ProviderClientsTest {
    private static final List<String> ARGUMENTS = List.of(
            "{\"city\":\"Lisbon\",\"nights\":2,\"maxPriceCents\":18000}",
            "{\"city\":\"Paris\",\"nights\":1,\"maxPriceCents\":15000}");
    private static final String FAREWELL = "Two rooms are booked, one with a view: déjà vu 🏨.";

    private final LocalOpenAiServer server =
            LocalOpenAiServer.start(Clock.systemUTC(), Scenario.resource(ProviderClientsTest.class, "two-rooms.json"));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void langChain4jReadsToolCallsAndText() {
        var model = dev.langchain4j.model.openai.OpenAiChatModel.builder()
                .baseUrl(server.baseUrl().toString())
                .apiKey("any")
                .modelName("two-rooms")
                .build();
        UserMessage question = UserMessage.from("Book two rooms");

        AiMessage asked = model.chat(question).aiMessage();

        assertThat(asked.toolExecutionRequests())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactlyElementsOf(ARGUMENTS);
        assertThat(model.chat(question, asked, result(asked, 0), result(asked, 1))
                        .aiMessage()
                        .text())
                .isEqualTo(FAREWELL);
        assertThat(server.requests().get(1).toolResults()).containsExactly("result 0", "result 1");
    }

    @Test
    void langChain4jPutsAStreamTogether() throws Exception {
        OpenAiStreamingChatModel model = OpenAiStreamingChatModel.builder()
                .baseUrl(server.baseUrl().toString())
                .apiKey("any")
                .modelName("two-rooms")
                .build();
        UserMessage question = UserMessage.from("Book two rooms");

        CompletableFuture<ChatResponse> turn = new CompletableFuture<>();
        model.chat(List.of(question), completing(turn));
        AiMessage asked = turn.get(10, TimeUnit.SECONDS).aiMessage();
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        model.chat(List.of(question, asked, result(asked, 0), result(asked, 1)), completing(end));

        assertThat(asked.toolExecutionRequests())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactlyElementsOf(ARGUMENTS);
        assertThat(asked.toolExecutionRequests())
                .extracting(ToolExecutionRequest::id)
                .doesNotHaveDuplicates();
        assertThat(end.get(10, TimeUnit.SECONDS).aiMessage().text()).isEqualTo(FAREWELL);
    }

    private static ToolExecutionResultMessage result(AiMessage asked, int index) {
        return ToolExecutionResultMessage.from(asked.toolExecutionRequests().get(index), "result " + index);
    }

    private static StreamingChatResponseHandler completing(CompletableFuture<ChatResponse> future) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                future.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                future.completeExceptionally(error);
            }
        };
    }

    @Test
    void springAiReadsToolCalls() {
        AssistantMessage asked =
                springAi().call(new Prompt("Book two rooms")).getResult().getOutput();

        assertThat(asked.getToolCalls())
                .extracting(AssistantMessage.ToolCall::arguments)
                .containsExactlyElementsOf(ARGUMENTS);
    }

    @Test
    void springAiPutsAStreamTogether() {
        List<AssistantMessage> asked = springAi().stream(new Prompt("Book two rooms"))
                .filter(response -> response.getResult() != null)
                .map(response -> response.getResult().getOutput())
                .filter(AssistantMessage::hasToolCalls)
                .collectList()
                .block();

        assertThat(asked).singleElement().satisfies(message -> assertThat(message.getToolCalls())
                .extracting(AssistantMessage.ToolCall::arguments)
                .containsExactlyElementsOf(ARGUMENTS));
    }

    private OpenAiChatModel springAi() {
        return OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(server.baseUrl().toString())
                        .apiKey("any")
                        .model("two-rooms")
                        .build())
                .build();
    }
}
