package ai.paybond.kit.langchain4j;

import static ai.paybond.kit.langchain4j.Attack.pay;
import static ai.paybond.kit.langchain4j.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's own MCP client and a server in another process: only what the guard permits gets there. */
class RealMcpServerTest {
    private final Attack attack = new Attack(new Purse(), false);
    private Path book;
    private McpClient client;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        book = Files.createFile(directory.resolve("payments"));
        client = DefaultMcpClient.builder()
                .key("bank")
                .transport(StdioMcpTransport.builder()
                        .command(StdioMcpBank.command(book))
                        .build())
                .initializationTimeout(Duration.ofMinutes(2))
                .toolExecutionTimeout(Duration.ofMinutes(2))
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        attack.close();
    }

    @Test
    void theServerPaysWhatTheGuardPermitsAndNeverHearsOfTheRest() throws IOException {
        ScriptedModel model = ScriptedModel.calling(
                pay("c1", 100), pay("c2", 2_000), request("c3", "pay", "{\"cents\":1,\"cents\":900}"));

        attack.chat(
                model,
                s -> s.toolProvider(GuardedMcpClient.of(attack.guard, client).tools()));

        assertThat(Files.readAllLines(book)).containsExactly("100");
        assertThat(attack.authority.reservedCents()).isEqualTo(100);
        assertThat(model.results())
                .extracting(result -> result.attributes().get(ReceiptAttributes.CODE))
                .containsExactly(null, "budget_exceeded", "arguments.ambiguous");
        assertThat(model.results().get(0).text()).isEqualTo("paid");
    }

    @Test
    void theServerCannotWriteItsOwnReceipt() {
        ToolExecutionResult result = GuardedMcpClient.of(attack.guard, client).executeTool(pay("c1", 100));

        assertThat(result.attributes())
                .containsEntry(ReceiptAttributes.SPEND_CENTS, "100")
                .containsEntry(ReceiptAttributes.INTENT_ID, Guards.INTENT);
    }
}
