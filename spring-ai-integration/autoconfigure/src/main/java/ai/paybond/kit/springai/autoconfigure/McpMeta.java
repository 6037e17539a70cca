package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.springai.CapabilityToolCallback;
import java.util.HashMap;
import java.util.Map;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.mcp.ToolContextToMcpMetaConverter;

/**
 * What an MCP server is told of the tool context: all but the kit's own, of which only the id of the call goes along. Guarded
 * tools have no handle in their context; this is for calls that got past the guard.
 */
final class McpMeta implements ToolContextToMcpMetaConverter {

    private static final String OWN = "paybond.";

    private final ToolContextToMcpMetaConverter all = ToolContextToMcpMetaConverter.defaultConverter();

    @Override
    public Map<String, Object> convert(ToolContext toolContext) {
        Map<String, Object> meta = new HashMap<>(all.convert(toolContext));
        meta.keySet().removeIf(key -> key.startsWith(OWN) && !key.equals(CapabilityToolCallback.CALL_ID));
        return meta;
    }
}
