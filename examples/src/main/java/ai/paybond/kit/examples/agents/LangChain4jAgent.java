package ai.paybond.kit.examples.agents;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.langchain4j.GuardedTools;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;

/** A LangChain4j AI service. All that is special about it is the line that gives it its tools. */
public final class LangChain4jAgent implements TravelAgent {
    private final Assistant assistant;

    /** @param guard made for {@code GuardedTools.declarations(tools)} */
    public LangChain4jAgent(ModelEndpoint endpoint, ToolGuard guard, LangChain4jTravelTools tools) {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(endpoint.baseUrl().toString())
                .apiKey(endpoint.apiKey())
                .modelName(endpoint.model())
                .build();
        this.assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .tools(GuardedTools.of(guard, tools))
                .hallucinatedToolNameStrategy(GuardedTools.refusingOthers(guard))
                .toolExecutionErrorHandler((error, context) -> ToolErrorHandlerResult.text(ToolFailures.textFor(error)))
                .build();
    }

    @Override
    public String ask(String request) {
        return assistant.answer(request);
    }

    interface Assistant {
        String answer(String request);
    }
}
