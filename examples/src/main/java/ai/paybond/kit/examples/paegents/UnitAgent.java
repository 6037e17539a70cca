package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.langchain4j.GuardedTools;
import ai.paybond.kit.paegents.rail.PaegentsRail;
import ai.paybond.kit.springai.CapabilityToolCallback;
import ai.paybond.kit.springai.GuardResolver;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.service.tool.AiServiceTool;
import org.springframework.ai.support.ToolCallbacks;

/** One tool on an agreement's units, called as LangChain4j calls tools or as Spring AI does. */
public final class UnitAgent {
    private final PaegentsRail rail;
    private final Translator translator;

    public UnitAgent(PaegentsRail rail, Translator translator) {
        this.rail = rail;
        this.translator = translator;
    }

    /** Which framework calls. */
    public enum Framework {
        LANGCHAIN4J,
        SPRING_AI
    }

    /** A guard for the tool, on the rail. */
    public ToolGuard guard(String callId) {
        ToolRegistry declared = GuardedTools.declarations(translator);
        return rail.guard(declared).callIds(() -> callId).build();
    }

    /** What the model would read. */
    public String call(Framework framework, String callId, String text) {
        ToolGuard guard = guard(callId);
        String arguments = "{\"text\":\"" + text + "\"}";
        return framework == Framework.LANGCHAIN4J
                ? asLangChain4j(guard, callId, arguments)
                : asSpringAi(guard, arguments);
    }

    private String asLangChain4j(ToolGuard guard, String callId, String arguments) {
        AiServiceTool tool = GuardedTools.of(guard, translator).get(0);
        ToolExecutionRequest request = ToolExecutionRequest.builder()
                .id(callId)
                .name("translate")
                .arguments(arguments)
                .build();
        return tool.toolExecutor().execute(request, "conversation");
    }

    private String asSpringAi(ToolGuard guard, String arguments) {
        return CapabilityToolCallback.guard(ToolCallbacks.from(translator)[0], GuardResolver.fixed(guard))
                .call(arguments);
    }
}
