package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.ToolGuard;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.McpGetPromptResult;
import dev.langchain4j.mcp.client.McpPrompt;
import dev.langchain4j.mcp.client.McpReadResourceResult;
import dev.langchain4j.mcp.client.McpResource;
import dev.langchain4j.mcp.client.McpResourceTemplate;
import dev.langchain4j.mcp.client.McpRoot;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An MCP client that runs no tool unguarded, whoever holds it: a tool provider, an MCP agent, or the application itself.
 *
 * <p>A tool is known to the guard as {@code key/name}: the client's key and the name that the server gives the tool, such
 * as {@code bank/pay}. What the application calls the tool before the model changes nothing about that. Give the client a key;
 * LangChain4j draws a new one for each process otherwise, and then nothing is declared.
 *
 * <p>Resources and prompts are passed on unguarded. Needs {@code langchain4j-mcp}; thread-safe as the client is.
 */
public final class GuardedMcpClient implements McpClient {
    private final McpClient client;
    private final GuardResolver guards;

    private GuardedMcpClient(McpClient client, GuardResolver guards) {
        this.client = Objects.requireNonNull(client, "client");
        this.guards = Objects.requireNonNull(guards, "guards");
    }

    /** A client whose calls run under one guard, also those without an AI service, as MCP agents make them. */
    public static GuardedMcpClient of(ToolGuard guard, McpClient client) {
        return of(GuardResolver.fixed(guard), client);
    }

    /** A client whose calls run under the guard that is found for each. */
    public static GuardedMcpClient of(GuardResolver guards, McpClient client) {
        return new GuardedMcpClient(client, guards);
    }

    /** The server's tools for an AI service, under the server's names. Also for strict mode, which leaves them as they are. */
    public ToolProvider tools() {
        return tools(UnaryOperator.identity());
    }

    /**
     * The server's tools for an AI service.
     *
     * @param shownAs what a tool is called before the model, given the server's name; for servers with tools of one name
     */
    public ToolProvider tools(UnaryOperator<String> shownAs) {
        return request -> new ToolProviderResult(client.listTools(request.invocationContext()).stream()
                .map(tool -> tool(tool, shownAs.apply(tool.name())))
                .toList());
    }

    private AiServiceTool tool(ToolSpecification specification, String shownAs) {
        return AiServiceTool.builder()
                .toolSpecification(specification.toBuilder().name(shownAs).build())
                .toolExecutor(guarded(shownAs, specification.name()))
                .build();
    }

    private ToolExecutor guarded(String calledAs, String nameAtServer) {
        return new CapabilityToolExecutor(
                calledAs, client.key() + "/" + nameAtServer, new AtServer(client, nameAtServer), guards);
    }

    @Override
    public ToolExecutionResult executeTool(ToolExecutionRequest request) {
        return executeTool(request, null);
    }

    @Override
    public ToolExecutionResult executeTool(ToolExecutionRequest request, @Nullable InvocationContext context) {
        return guarded(request.name(), request.name()).executeWithContext(request, context);
    }

    /** Runs one tool of the server, whatever the model calls it. */
    private record AtServer(McpClient client, String name) implements ToolExecutor {

        @Override
        public ToolExecutionResult executeWithContext(
                ToolExecutionRequest request, @Nullable InvocationContext context) {
            ToolExecutionRequest named = request.toBuilder().name(name).build();
            return context == null ? client.executeTool(named) : client.executeTool(named, context);
        }

        @Override
        public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
            return executeWithContext(request, null).resultText();
        }
    }

    @Override
    public String key() {
        return client.key();
    }

    @Override
    public @Nullable String instructions() {
        return client.instructions();
    }

    @Override
    public List<ToolSpecification> listTools() {
        return client.listTools();
    }

    @Override
    public List<ToolSpecification> listTools(@Nullable InvocationContext context) {
        return client.listTools(context);
    }

    @Override
    public List<McpResource> listResources() {
        return client.listResources();
    }

    @Override
    public List<McpResource> listResources(@Nullable InvocationContext context) {
        return client.listResources(context);
    }

    @Override
    public List<McpResourceTemplate> listResourceTemplates() {
        return client.listResourceTemplates();
    }

    @Override
    public List<McpResourceTemplate> listResourceTemplates(@Nullable InvocationContext context) {
        return client.listResourceTemplates(context);
    }

    @Override
    public McpReadResourceResult readResource(String uri) {
        return client.readResource(uri);
    }

    @Override
    public McpReadResourceResult readResource(String uri, @Nullable InvocationContext context) {
        return client.readResource(uri, context);
    }

    @Override
    public void subscribeToResource(String uri) {
        client.subscribeToResource(uri);
    }

    @Override
    public void unsubscribeFromResource(String uri) {
        client.unsubscribeFromResource(uri);
    }

    @Override
    public List<McpPrompt> listPrompts() {
        return client.listPrompts();
    }

    @Override
    public McpGetPromptResult getPrompt(String name, Map<String, Object> arguments) {
        return client.getPrompt(name, arguments);
    }

    @Override
    public void checkHealth() {
        client.checkHealth();
    }

    @Override
    public void setRoots(List<McpRoot> roots) {
        client.setRoots(roots);
    }

    @Override
    public void close() throws Exception {
        client.close();
    }
}
