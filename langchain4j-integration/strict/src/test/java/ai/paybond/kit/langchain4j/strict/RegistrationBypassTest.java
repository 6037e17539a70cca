package ai.paybond.kit.langchain4j.strict;

import static ai.paybond.kit.langchain4j.strict.Wallet.pay;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.langchain4j.GuardResolver;
import ai.paybond.kit.langchain4j.ReceiptAttributes;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of handing LangChain4j an unguarded tool, in each way in which LangChain4j then runs it. */
class RegistrationBypassTest {
    interface Assistant {
        String chat(String message);
    }

    interface StreamingAssistant {
        TokenStream chat(String message);
    }

    enum Turn {
        BLOCKING,
        BLOCKING_CONCURRENTLY,
        STREAMING_ON_THE_MODELS_THREAD,
        STREAMING_CONCURRENTLY
    }

    private final Wallet wallet = new Wallet();
    private final ExecutorService pool = Executors.newFixedThreadPool(4);

    static Stream<Arguments> everyWay() {
        return Arrays.stream(Registrations.values())
                .flatMap(way -> Arrays.stream(Turn.values()).map(turn -> Arguments.of(way, turn)));
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private void chat(Registrations way, Turn turn, ScriptedModel model) {
        if (turn == Turn.BLOCKING || turn == Turn.BLOCKING_CONCURRENTLY) {
            configured(AiServices.builder(Assistant.class), way, turn)
                    .chatModel(model.model())
                    .build()
                    .chat("Pay");
            return;
        }
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        configured(AiServices.builder(StreamingAssistant.class), way, turn)
                .streamingChatModel(model.streamingModel())
                .build()
                .chat("Pay")
                .onPartialResponse(text -> {})
                .onCompleteResponse(answer::complete)
                .onError(answer::completeExceptionally)
                .start();
        answer.join();
    }

    private <T> AiServices<T> configured(AiServices<T> service, Registrations way, Turn turn) {
        way.register(service, wallet);
        service.chatMemory(MessageWindowChatMemory.withMaxMessages(50));
        boolean concurrently = turn == Turn.BLOCKING_CONCURRENTLY || turn == Turn.STREAMING_CONCURRENTLY;
        return concurrently ? service.executeToolsConcurrently(pool) : service;
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void runsNothingWithoutAGuard(Registrations way, Turn turn) {
        ScriptedModel model = way.payingModel(pay("c1", 100), pay("c2", 100));

        chat(way, turn, model);

        assertThat(wallet.done).isEmpty();
        assertThat(model.results()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(result -> {
            assertThat(result.isError()).isTrue();
            assertThat(result.text()).contains("guard.missing");
            assertThat(result.attributes()).containsEntry(ReceiptAttributes.CODE, "guard.missing");
        });
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void chargesOnceWhatTheBudgetCoversAndRunsNothingElse(Registrations way, Turn turn) {
        Budget budget = new Budget(150);
        ScriptedModel model = way.payingModel(pay("c1", 100), pay("c2", 200));

        try (StrictGuards.Registration installed = StrictGuards.install(GuardResolver.fixed(budget.guard()))) {
            chat(way, turn, model);
        }

        assertThat(wallet.done).containsExactly("pay 100");
        assertThat(budget.charged).containsExactly(100L);
        assertThat(model.results()).last().satisfies(result -> assertThat(result.text())
                .contains("budget_exceeded"));
    }
}
