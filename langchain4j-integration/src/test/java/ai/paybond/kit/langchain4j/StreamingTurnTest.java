package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.LAST_WORD;
import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streaming turns: with an executor, tools start before the model has finished; without, on the model's own thread. */
class StreamingTurnTest {
    interface Assistant {
        TokenStream chat(String message);
    }

    private final TravelTools tools = new TravelTools();
    private final FakeAuthority authority = new FakeAuthority(20_000);
    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private Assistant assistant(ScriptedModel model, boolean concurrently) {
        AiServices<Assistant> service = AiServices.builder(Assistant.class)
                .streamingChatModel(model.streamingModel())
                .tools(GuardedTools.of(Guards.of(authority, tools), tools));
        return concurrently ? service.executeToolsConcurrently(pool).build() : service.build();
    }

    private static String lastWord(TokenStream stream) {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        stream.onPartialResponse(text -> {})
                .onCompleteResponse(answer::complete)
                .onError(answer::completeExceptionally)
                .start();
        return answer.join().aiMessage().text();
    }

    private static ToolExecutionRequest book(String id, long cents) {
        return request(id, "bookHotel", "{\"city\":\"Paris\",\"priceCents\":" + cents + "}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsWhatIsAllowedAndTellsOfWhatIsNot(boolean concurrently) {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900), book("c2", 90_000));

        String answer = lastWord(assistant(model, concurrently).chat("Book them"));

        assertThat(answer).isEqualTo(LAST_WORD);
        assertThat(tools.done).containsExactly("hotel Paris 9900");
        assertThat(model.results())
                .extracting(ToolExecutionResultMessage::isError)
                .containsExactly(false, true);
        assertThat(model.results().get(1).text()).contains("budget_exceeded");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void letsTheModelAnswerWhenAnImmediateToolIsDenied(boolean concurrently) {
        ScriptedModel model = ScriptedModel.calling(request("c1", "sendPostcard", "{\"text\":\"a\",\"text\":\"b\"}"));

        assertThat(lastWord(assistant(model, concurrently).chat("Send it"))).isEqualTo(LAST_WORD);
        assertThat(tools.done).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void answersARepeatedCallWithoutRunningItAgain(boolean concurrently) {
        ScriptedModel model = ScriptedModel.calling(book("c1", 9_900), book("c1", 9_900));

        lastWord(assistant(model, concurrently).chat("Book it"));

        assertThat(tools.done).hasSize(1);
        assertThat(model.results()).hasSize(2).allMatch(result -> !result.isError());
    }

    @Test
    void deliversTheEvidenceOfAToolThatRanBeforeTheStreamBroke() {
        Assistant assistant = AiServices.builder(Assistant.class)
                .streamingChatModel(new BreakingModel(book("c1", 9_900)))
                .tools(GuardedTools.of(Guards.of(authority, tools), tools))
                .executeToolsConcurrently(Runnable::run)
                .build();
        CompletableFuture<Throwable> broke = new CompletableFuture<>();

        assistant
                .chat("Book it")
                .onPartialResponse(text -> {})
                .onError(broke::complete)
                .start();

        assertThat(broke.join()).hasMessage("connection lost");
        assertThat(tools.done).hasSize(1);
        assertThat(authority.delivered).hasSize(1);
    }
}
