package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.Attack.pay;
import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.tool.ToolExecutionResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An MCP client whose every call passes the guard, under the server's own names. */
class GuardedMcpClientTest {
    private final Attack attack = new Attack(new Purse(), false);

    @AfterEach
    void stop() {
        attack.close();
    }

    private McpClient server(String key) {
        return FakeMcpServer.client(key, attack.purse.payExecutor());
    }

    private static String codeOf(ToolExecutionResult result) {
        return String.valueOf(result.attributes().get(ReceiptAttributes.CODE));
    }

    @Test
    void bindsThePolicyToTheServersKey() {
        ToolExecutionResult result =
                GuardedMcpClient.of(attack.guard, server("casino")).executeTool(pay("c1", 100));

        assertThat(codeOf(result)).isEqualTo("tool.undeclared");
        assertThat(attack.purse.paidCents()).isZero();
    }

    @Test
    void bindsThePolicyToTheServersNameWhateverTheModelCallsTheTool() {
        McpClient client = GuardedMcpClient.of(attack.guard, server("bank"));
        ToolExecutionRequest renamed = request("c1", "send_money", "{\"cents\":2000}");

        attack.chat(
                ScriptedModel.calling(renamed),
                s -> s.toolProvider(McpToolProvider.builder()
                        .mcpClients(client)
                        .toolNameMapper((server, tool) -> "send_money")
                        .build()));

        assertThat(attack.authority.asked).singleElement().satisfies(asked -> assertThat(asked.spendCents())
                .isEqualTo(2_000));
        assertThat(attack.purse.paidCents()).isZero();
    }

    @Test
    void showsTheServersToolsUnderOtherNames() {
        ScriptedModel model = ScriptedModel.calling(request("c1", "bank_pay", "{\"cents\":100}"));

        attack.chat(
                model,
                s -> s.toolProvider(
                        GuardedMcpClient.of(attack.guard, server("bank")).tools(name -> "bank_" + name)));

        assertThat(model.visibleTools()).containsExactly("bank_pay");
        assertThat(attack.purse.paidCents()).isEqualTo(100);
        assertThat(attack.authority.reservedCents()).isEqualTo(100);
    }

    @Test
    void chargesNothingWhenItsToolsAreGuardedASecondTime() {
        attack.chat(
                Attack.payingModel(),
                s -> s.toolProvider(GuardedTools.guard(
                        attack.guard,
                        McpToolProvider.builder()
                                .mcpClients(GuardedMcpClient.of(attack.guard, server("bank")))
                                .build())));

        assertThat(attack.purse.paidCents()).isZero();
    }

    @Test
    void refusesWithoutAGuard() {
        ToolExecutionResult result = GuardedMcpClient.of(GuardResolver.perInvocation(), server("bank"))
                .executeTool(pay("c1", 100));

        assertThat(codeOf(result)).isEqualTo("guard.missing");
        assertThat(attack.purse.paidCents()).isZero();
    }

    @Test
    void closesTheClient() throws Exception {
        McpClient client = server("bank");

        GuardedMcpClient.of(attack.guard, client).close();

        verify(client).close();
    }
}
