package ai.paybond.kit.springai;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.metadata.ToolMetadata;

/** Answers with its input. */
record EchoTool(String name, String schema, boolean returnDirect) implements ToolCallback {

    EchoTool(String name) {
        this(name, "{}", false);
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return ToolDefinition.builder()
                .name(name)
                .description("echo")
                .inputSchema(schema)
                .build();
    }

    @Override
    public ToolMetadata getToolMetadata() {
        return ToolMetadata.builder().returnDirect(returnDirect).build();
    }

    @Override
    public String call(String toolInput) {
        return toolInput;
    }
}
