package ai.paybond.kit.springai.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tools that the application offers as an MCP server.
 *
 * @param allowUnguardedTools Whether the application starts although it offers @McpTool methods that nothing guards
 */
@ConfigurationProperties("paybond.mcp")
record McpProperties(@DefaultValue("false") boolean allowUnguardedTools) {}
