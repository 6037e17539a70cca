package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.ScriptedModel.request;

import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** One attempt to pay more than the budget, and what came of it. */
final class Attack implements AutoCloseable {

    interface Assistant {
        String chat(String message);
    }

    interface StreamingAssistant {
        TokenStream chat(String message);
    }

    /** What a way to a tool turned out to be. */
    enum Verdict {
        /** What was paid was reserved first, and the rest was refused. */
        GUARDED,
        /** Money left that no guard knows of. */
        OPEN,
        /** Nothing was paid. */
        REFUSED
    }

    final Purse purse;
    final FakeAuthority authority = new FakeAuthority(1_000);
    final ToolGuard guard = Guards.of(authority, Purse.declared());
    final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final boolean strict;

    Attack(Purse purse, boolean strict) {
        this.purse = purse;
        this.strict = strict;
    }

    static ToolExecutionRequest pay(String id, long cents) {
        return request(id, "pay", "{\"cents\":" + cents + "}");
    }

    /** One payment that the budget covers, and one that it does not. */
    static ScriptedModel payingModel() {
        return ScriptedModel.calling(pay("c1", 100), pay("c2", 2_000));
    }

    /** The purse as its application registers it: through the decorators, or as it is where strict mode is in force. */
    <T> AiServices<T> withPurse(AiServices<T> service) {
        return strict ? service.tools(purse) : service.tools(GuardedTools.of(guard, purseTools()));
    }

    private List<AiServiceTool> purseTools() {
        return ToolService.findTools(purse);
    }

    /** The executor of {@code pay}, guarded by a decorator in either mode. */
    ToolExecutor guardedPay() {
        return GuardedTools.of(guard, Map.of(GuardedToolsTest.named("pay"), purse.payExecutor()))
                .get(0)
                .toolExecutor();
    }

    void chat(ScriptedModel model, Consumer<AiServices<Assistant>> wiring) {
        AiServices<Assistant> service = AiServices.builder(Assistant.class).chatModel(model.model());
        wiring.accept(service);
        service.build().chat("Pay");
    }

    void stream(ScriptedModel model, Consumer<AiServices<StreamingAssistant>> wiring) {
        AiServices<StreamingAssistant> service =
                AiServices.builder(StreamingAssistant.class).streamingChatModel(model.streamingModel());
        wiring.accept(service);
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        service.build()
                .chat("Pay")
                .onPartialResponse(text -> {})
                .onCompleteResponse(answer::complete)
                .onError(answer::completeExceptionally)
                .start();
        answer.join();
    }

    Verdict verdict() {
        if (purse.paidCents() == 0) {
            return Verdict.REFUSED;
        }
        return purse.paidCents() == authority.reservedCents() ? Verdict.GUARDED : Verdict.OPEN;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
