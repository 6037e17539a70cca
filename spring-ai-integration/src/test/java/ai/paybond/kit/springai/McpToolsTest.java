package ai.paybond.kit.springai;

import static ai.paybond.kit.springai.ScriptedModel.toolCall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.springai.GuardedTurnTest.Mode;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpTransportException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.mcp.SyncMcpToolCallback;
import org.springframework.ai.tool.ToolCallback;

/** Tools of an MCP server, as the model sees them through Spring AI's MCP client. */
class McpToolsTest {

    private final McpSyncClient server = mock();
    private final RecordingAuthority authority = new RecordingAuthority();
    private final ConversationGuards guards = ConversationGuards.create();
    private final ToolRegistry declared = ToolRegistry.of(ToolDeclaration.builder("travel_book")
            .operation("travel.book_hotel")
            .spend(SpendRule.argument("cents"))
            .withoutEvidence()
            .build());

    private final ToolCallback tool = SyncMcpToolCallback.builder()
            .mcpClient(server)
            .tool(McpSchema.Tool.builder(
                            "book", Map.of("type", "object", "properties", Map.of("cents", Map.of("type", "integer"))))
                    .build())
            .prefixedToolName("travel_book")
            .build();

    private @Nullable String turn(Mode mode, ScriptedModel model) {
        ChatClient client = GuardedChatClient.builder(model, guards).build();
        try (GuardHandle conversation = guards.open(TestGuards.guard(declared, authority))) {
            return mode.ask(client.prompt("go").tools(tool).toolContext(conversation.toolContext()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheServerTheIdOfTheCallButNotTheHandle(Mode mode) {
        when(server.callTool(any())).thenReturn(reply("booked", false));

        turn(mode, booking());

        ArgumentCaptor<McpSchema.CallToolRequest> sent = ArgumentCaptor.captor();
        verify(server).callTool(sent.capture());
        assertThat(sent.getValue().meta()).isEqualTo(Map.of(CapabilityToolCallback.CALL_ID, "call_1"));
        assertThat(sent.getValue().name()).isEqualTo("book");
    }

    @ParameterizedTest
    @EnumSource
    void deniesBeforeTheServerIsAsked(Mode mode) {
        authority.refusing("call_1");
        ScriptedModel model = booking();

        turn(mode, model);

        verify(server, never()).callTool(any());
        assertThat(model.answer()).contains("budget_exceeded");
    }

    @Test
    void holdsTheServersSchemaAgainstTheArguments() {
        ScriptedModel model = ScriptedModel.asking(toolCall("call_1", "travel_book", "{\"cents\":8.9}"));

        turn(Mode.CALL, model);

        verify(server, never()).callTool(any());
        assertThat(model.answer()).contains("arguments.wrong_type");
    }

    @Test
    void takesALostConnectionForACallInDoubt() {
        when(server.callTool(any())).thenThrow(new McpTransportException("connection reset"));
        ScriptedModel model = booking();

        turn(Mode.CALL, model);

        assertThat(model.answer()).contains("in_doubt").doesNotContain("connection reset");
        assertThat(authority.completed()).isEmpty();
    }

    @Test
    void takesAnErrorThatTheServerReportsForCleanAndLeavesItToSpring() {
        when(server.callTool(any())).thenReturn(reply("no rooms left", true));
        ScriptedModel model = booking();

        turn(Mode.CALL, model);

        assertThat(model.answer()).contains("no rooms left");
        assertThat(authority.completed()).containsExactly(SpendOutcome.RELEASED);
    }

    @Test
    void throwsAProtocolErrorAsItWasThrown() {
        McpError refused = McpError.builder(-32602).message("unknown tool").build();
        when(server.callTool(any())).thenThrow(refused);

        assertThatThrownBy(() -> turn(Mode.CALL, booking())).isSameAs(refused);
    }

    private static ScriptedModel booking() {
        return ScriptedModel.asking(toolCall("call_1", "travel_book", "{\"cents\":500}"));
    }

    private static McpSchema.CallToolResult reply(String text, boolean isError) {
        return McpSchema.CallToolResult.builder(List.of(new McpSchema.TextContent(text)))
                .isError(isError)
                .build();
    }
}
