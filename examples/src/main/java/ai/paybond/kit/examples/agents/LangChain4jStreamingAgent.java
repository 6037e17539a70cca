package ai.paybond.kit.examples.agents;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.langchain4j.GuardedTools;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import java.util.concurrent.CompletableFuture;

/** The same AI service, streaming. Its tools run on the model's callback thread; the guard is the same. */
public final class LangChain4jStreamingAgent implements TravelAgent {
    private final Assistant assistant;

    /** @param guard made for {@code GuardedTools.declarations(tools)} */
    public LangChain4jStreamingAgent(ModelEndpoint endpoint, ToolGuard guard, LangChain4jTravelTools tools) {
        OpenAiStreamingChatModel model = OpenAiStreamingChatModel.builder()
                .baseUrl(endpoint.baseUrl().toString())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .build();
        this.assistant = AiServices.builder(Assistant.class)
                .streamingChatModel(model)
                .tools(GuardedTools.of(guard, tools))
                .hallucinatedToolNameStrategy(GuardedTools.refusingOthers(guard))
                .toolExecutionErrorHandler((error, context) -> ToolErrorHandlerResult.text(ToolFailures.textFor(error)))
                .build();
    }

    @Override
    public String ask(String request) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        assistant
                .answer(request)
                .onPartialResponse(token -> {})
                .onCompleteResponse(
                        response -> answer.complete(response.aiMessage().text()))
                .onError(answer::completeExceptionally)
                .start();
        return answer.join();
    }

    interface Assistant {
        TokenStream answer(String request);
    }
}
