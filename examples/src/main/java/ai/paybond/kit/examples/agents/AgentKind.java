package ai.paybond.kit.examples.agents;

import ai.paybond.kit.examples.hotel.HotelClient;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import java.util.function.Function;

/** Every way in which the travel agent is built here. */
public enum AgentKind {
    STANDALONE("plain Java") {
        @Override
        public TravelAgent open(ModelEndpoint model, HotelClient hotel, Function<ToolRegistry, ToolGuard> guards) {
            return new StandaloneAgent(model, guards.apply(StandaloneAgent.declarations()), hotel);
        }
    },
    LANGCHAIN4J("LangChain4j") {
        @Override
        public TravelAgent open(ModelEndpoint model, HotelClient hotel, Function<ToolRegistry, ToolGuard> guards) {
            LangChain4jTravelTools tools = new LangChain4jTravelTools(hotel);
            return new LangChain4jAgent(model, guards.apply(declarations(tools)), tools);
        }
    },
    LANGCHAIN4J_STREAMING("LangChain4j, streaming") {
        @Override
        public TravelAgent open(ModelEndpoint model, HotelClient hotel, Function<ToolRegistry, ToolGuard> guards) {
            LangChain4jTravelTools tools = new LangChain4jTravelTools(hotel);
            return new LangChain4jStreamingAgent(model, guards.apply(declarations(tools)), tools);
        }
    },
    SPRING_AI("Spring AI") {
        @Override
        public TravelAgent open(ModelEndpoint model, HotelClient hotel, Function<ToolRegistry, ToolGuard> guards) {
            SpringAiTravelTools tools = new SpringAiTravelTools(hotel);
            return new SpringAiAgent(model, guards.apply(declarations(tools)), tools);
        }
    },
    SPRING_AI_STREAMING("Spring AI, streaming") {
        @Override
        public TravelAgent open(ModelEndpoint model, HotelClient hotel, Function<ToolRegistry, ToolGuard> guards) {
            SpringAiTravelTools tools = new SpringAiTravelTools(hotel);
            return new SpringAiStreamingAgent(model, guards.apply(declarations(tools)), tools);
        }
    };

    private final String title;

    AgentKind(String title) {
        this.title = title;
    }

    /** The kind's name for people. */
    public String title() {
        return title;
    }

    /**
     * Builds an agent.
     *
     * @param guards makes the guard for what the agent's tools declare
     */
    public abstract TravelAgent open(ModelEndpoint model, HotelClient hotel, Function<ToolRegistry, ToolGuard> guards);

    private static ToolRegistry declarations(LangChain4jTravelTools tools) {
        return ai.paybond.kit.langchain4j.GuardedTools.declarations(tools);
    }

    private static ToolRegistry declarations(SpringAiTravelTools tools) {
        return ai.paybond.kit.springai.GuardedTools.registry(tools);
    }
}
