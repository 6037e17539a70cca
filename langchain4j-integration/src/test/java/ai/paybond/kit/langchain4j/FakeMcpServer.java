package ai.paybond.kit.langchain4j;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.List;

/** A client of a server that offers {@code pay}. */
final class FakeMcpServer {
    private FakeMcpServer() {}

    static McpClient client(String key, ToolExecutor pay) {
        McpClient client = mock(McpClient.class);
        List<ToolSpecification> offered = List.of(GuardedToolsTest.named("pay"));
        when(client.key()).thenReturn(key);
        when(client.listTools()).thenReturn(offered);
        when(client.listTools(any())).thenReturn(offered);
        when(client.executeTool(any())).thenAnswer(call -> paid(pay, call.getArgument(0)));
        when(client.executeTool(any(), any())).thenAnswer(call -> paid(pay, call.getArgument(0)));
        return client;
    }

    private static ToolExecutionResult paid(ToolExecutor pay, ToolExecutionRequest request) {
        if (!request.name().equals("pay")) {
            return ToolExecutionResult.builder()
                    .isError(true)
                    .resultText("no such tool: " + request.name())
                    .build();
        }
        return ToolExecutionResult.builder()
                .resultText(pay.execute(request, "memory"))
                .build();
    }
}
