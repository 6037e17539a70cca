package org.springframework.ai.mcp;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.ToolCallbackProvider;

/** Stands for the provider of Spring AI's MCP client, which Spring AI recognizes by their class. */
public class SyncMcpToolCallbackProvider implements ToolCallbackProvider {

    @Override
    public ToolCallback[] getToolCallbacks() {
        throw new IllegalStateException("the MCP server is not to be asked at startup");
    }
}
