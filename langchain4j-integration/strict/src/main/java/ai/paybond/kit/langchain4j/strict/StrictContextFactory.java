package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.langchain4j.GuardResolver;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.spi.services.AiServiceContextFactory;

/**
 * Gives every AI service, agents included, a tool service that guards what it runs. For LangChain4j's {@code
 * ServiceLoader}; not to be called.
 */
public final class StrictContextFactory implements AiServiceContextFactory {
    private final GuardResolver guards = new StrictGuardResolver(StrictGuards::installed);

    /**
     * LangChain4j makes every factory that it finds and then uses the first. So this is also reached when another
     * factory would be used in place of this one.
     *
     * @throws ConfigurationException {@code strict.another_factory} when there is one
     */
    public StrictContextFactory() {
        OtherFactories.refuse();
    }

    @Override
    public AiServiceContext create(Class<?> aiServiceClass) {
        return new StrictContext(aiServiceClass, guards);
    }

    private static final class StrictContext extends AiServiceContext {
        StrictContext(Class<?> aiServiceClass, GuardResolver guards) {
            super(aiServiceClass);
            toolService = new StrictToolService(guards);
        }
    }
}
