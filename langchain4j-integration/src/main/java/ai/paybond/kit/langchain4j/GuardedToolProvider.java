package ai.paybond.kit.langchain4j;

import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import org.jspecify.annotations.Nullable;

/** Guards whatever another provider provides, each time it provides it. */
record GuardedToolProvider(ToolProvider delegate, GuardResolver guards) implements ToolProvider {

    @Override
    @SuppressWarnings("NullAway") // LangChain4j takes null for "no tools"
    public @Nullable ToolProviderResult provideTools(ToolProviderRequest request) {
        ToolProviderResult provided = delegate.provideTools(request);
        return provided == null ? null : new ToolProviderResult(GuardedTools.wrap(guards, provided.aiServiceTools()));
    }

    @Override
    public boolean isDynamic() {
        return delegate.isDynamic();
    }
}
