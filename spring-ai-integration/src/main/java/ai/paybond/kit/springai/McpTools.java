package ai.paybond.kit.springai;

import java.io.IOException;
import java.util.stream.Stream;

/** What is different about the tools of Spring AI's MCP client. */
public final class McpTools {

    private static final String PACKAGE = "org.springframework.ai.mcp.";
    private static final String SERVER_REPORTED = "Error calling tool: ";

    private McpTools() {}

    /**
     * Whether this is a tool or a provider of Spring AI's MCP client. Spring AI recognizes those by their class, so that it
     * neither lists their tools too early nor offers them on as its own; such a bean must not be replaced by another.
     */
    public static boolean isMcp(Object bean) {
        return Stream.<Class<?>>iterate(bean.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> type.getName().startsWith(PACKAGE));
    }

    /**
     * The failure as a guard should judge it. Only what the server itself reported says that nothing happened; anything else
     * came from the connection, where the exceptions do not tell whether the request had arrived.
     */
    static Throwable judged(Object tool, Throwable failure) {
        boolean reported = failure instanceof IllegalStateException
                && failure.getMessage() != null
                && failure.getMessage().startsWith(SERVER_REPORTED);
        return !isMcp(tool) || reported ? failure : new IOException("the MCP server gave no answer", failure);
    }
}
