package ai.paybond.kit.examples.nevermined;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.nevermined.PaymentPayload;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.message.McpPayments;
import ai.paybond.kit.nevermined.rail.NeverminedRail;
import ai.paybond.kit.nevermined.rail.PaidMcpTools;
import ai.paybond.kit.nevermined.rail.ToolPlan;
import ai.paybond.kit.springai.CapabilityToolCallback;
import ai.paybond.kit.springai.GuardResolver;
import ai.paybond.kit.wire.json.JsonObject;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.service.tool.AiServiceTool;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;

/** One plan, sold through every door. */
class PaidToolsTest {
    private static final String ARGUMENTS = "{\"topic\":\"evs\",\"pages\":3}";

    private final Market market = new Market(10);
    private final NeverminedRail rail = NeverminedRail.builder(market.seller)
            .tool(PaidTools.NAME, ToolPlan.of(market.agent.planId()))
            .build();
    private final X402AccessToken token;

    PaidToolsTest() {
        market.buy();
        token = new PayingClient(market.buyer).token(market.agent.planId(), market.agent.agentId());
    }

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void aLangChain4jToolIsPaid() {
        Object tools = new PaidTools.LangChain4j();
        ToolRegistry registry = ai.paybond.kit.langchain4j.GuardedTools.declarations(tools);

        assertThat(langChain4j(rail.guard(token, registry).build(), tools)).contains("insight for evs");
        assertThat(market.credits()).isEqualTo(97);
        assertThat(langChain4j(rail.guard(null, registry).build(), tools)).contains("payment.token_missing");
        assertThat(market.credits()).isEqualTo(97);
    }

    private static String langChain4j(ToolGuard guard, Object tools) {
        AiServiceTool tool =
                ai.paybond.kit.langchain4j.GuardedTools.of(guard, tools).get(0);
        ToolExecutionRequest request = ToolExecutionRequest.builder()
                .id("call-1")
                .name(PaidTools.NAME)
                .arguments(ARGUMENTS)
                .build();
        return tool.toolExecutor().execute(request, "memory");
    }

    @Test
    void aSpringAiToolIsPaid() {
        Object tools = new PaidTools.SpringAi();
        ToolRegistry registry = ai.paybond.kit.springai.GuardedTools.registry(tools);
        ToolCallback callback = ToolCallbacks.from(tools)[0];

        ToolCallback paid = CapabilityToolCallback.guard(
                callback, GuardResolver.fixed(rail.guard(token, registry).build()));
        assertThat(paid.call(ARGUMENTS)).contains("insight for evs");
        assertThat(market.credits()).isEqualTo(97);

        ToolCallback unpaid = CapabilityToolCallback.guard(
                callback, GuardResolver.fixed(rail.guard(null, registry).build()));
        assertThat(unpaid.call(ARGUMENTS)).contains("payment.token_missing");
    }

    private static ToolRegistry standalone() {
        return ToolRegistry.of(ToolDeclaration.builder(PaidTools.NAME)
                .spend(SpendRule.argument("pages"))
                .withoutEvidence()
                .build());
    }

    @Test
    void aStandaloneCallIsPaid() throws Exception {
        ToolGuard guard = rail.guard(token, standalone()).build();

        String result = guard.call(ToolCall.parse(PaidTools.NAME, "call-1", ARGUMENTS), call -> "insight")
                .orThrow();

        assertThat(result).isEqualTo("insight");
        assertThat(market.credits()).isEqualTo(97);
    }

    @Test
    void anMcpToolIsPaidInBand() {
        PaidMcpTools mcp = new PaidMcpTools(rail, standalone());
        JsonObject params = JsonObject.of(Map.of("name", PaidTools.NAME, "arguments", JsonObject.parse(ARGUMENTS)));
        JsonObject result = JsonObject.of(Map.of("content", List.of(Map.of("type", "text", "text", "insight"))));

        JsonObject demand = mcp.call(params, "1", call -> result);
        assertThat(McpPayments.readPaymentRequired(demand)).isPresent();
        PaymentPayload payment = token.decode().orElseThrow();
        JsonObject paid = mcp.call(McpPayments.withPayment(params, payment), "2", call -> result);

        assertThat(McpPayments.receipt(paid))
                .hasValueSatisfying(receipt -> assertThat(receipt.success()).isTrue());
        assertThat(market.credits()).isEqualTo(97);
    }
}
