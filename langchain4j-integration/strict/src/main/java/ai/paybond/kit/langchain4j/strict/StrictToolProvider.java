package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.langchain4j.GuardResolver;
import ai.paybond.kit.langchain4j.GuardedTools;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import org.jspecify.annotations.Nullable;

/**
 * Guards what another provider provides and nobody guarded. LangChain4j asks a dynamic provider again in the middle of
 * a turn, from code that cannot be extended, so the provider itself has to be replaced.
 */
record StrictToolProvider(ToolProvider delegate, GuardResolver guards) implements ToolProvider {

    static ToolProvider of(ToolProvider provider, GuardResolver guards) {
        return provider instanceof StrictToolProvider ? provider : new StrictToolProvider(provider, guards);
    }

    @Override
    @SuppressWarnings("NullAway") // LangChain4j takes null for "no tools"
    public @Nullable ToolProviderResult provideTools(ToolProviderRequest request) {
        ToolProviderResult provided = delegate.provideTools(request);
        return provided == null
                ? null
                : new ToolProviderResult(
                        provided.aiServiceTools().stream().map(this::guarded).toList());
    }

    private AiServiceTool guarded(AiServiceTool tool) {
        return tool.toBuilder()
                .toolExecutor(GuardedTools.guardUnlessGuarded(guards, tool.name(), tool.toolExecutor()))
                .build();
    }

    @Override
    public boolean isDynamic() {
        return delegate.isDynamic();
    }
}
