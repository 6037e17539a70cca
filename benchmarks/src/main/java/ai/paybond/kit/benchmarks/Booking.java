package ai.paybond.kit.benchmarks;

import ai.paybond.kit.annotation.CapabilityGuarded;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;

/** A tool that does nothing, so that the call is all there is; for LangChain4j and for Spring AI. */
public class Booking {

    /** What the tool returns, and what its evidence states. */
    public record Result(String status, long costCents) {}

    @Tool("Books a room")
    @org.springframework.ai.tool.annotation.Tool(description = "Books a room")
    @CapabilityGuarded(
            operation = Tokens.OPERATION,
            spendFrom = "priceCents",
            evidence = {"status", "costCents"})
    public Result book(@P(name = "city") String city, @P(name = "priceCents") long priceCents) {
        return new Result(city, priceCents);
    }
}
