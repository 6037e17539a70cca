package ai.paybond.kit.examples.nevermined;

import ai.paybond.kit.annotation.CapabilityGuarded;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** One tool that is sold, as LangChain4j and as Spring AI see it. Its spend is counted in credits. */
public final class PaidTools {
    /** What the tool is called. */
    public static final String NAME = "insight";

    /** For LangChain4j. */
    public static final class LangChain4j {
        /** Costs a credit a page. */
        @Tool(name = NAME, value = "Writes an insight.")
        @CapabilityGuarded(operation = NAME, spendFrom = "pages", withoutEvidence = true)
        public String insight(
                @P(name = "topic", value = "What about") String topic,
                @P(name = "pages", value = "How long") long pages) {
            return "insight for " + topic;
        }
    }

    /** For Spring AI. */
    public static final class SpringAi {
        /** Costs a credit a page. */
        @org.springframework.ai.tool.annotation.Tool(name = NAME, description = "Writes an insight.")
        @CapabilityGuarded(operation = NAME, spendFrom = "pages", withoutEvidence = true)
        public String insight(String topic, @ToolParam(description = "How long") long pages) {
            return "insight for " + topic;
        }
    }

    private PaidTools() {}
}
