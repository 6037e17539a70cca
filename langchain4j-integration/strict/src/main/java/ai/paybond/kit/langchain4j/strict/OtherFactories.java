package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.ConfigurationException;
import dev.langchain4j.spi.services.AiServiceContextFactory;
import dev.langchain4j.spi.services.AiServicesFactory;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks where LangChain4j looks for whoever else wants to make AI services, without making one. */
final class OtherFactories {
    private OtherFactories() {}

    /** @throws ConfigurationException {@code strict.another_factory} naming them */
    static void refuse() {
        List<String> others = Stream.of(
                        Thread.currentThread().getContextClassLoader(), AiServiceContextFactory.class.getClassLoader())
                .flatMap(loader -> Stream.concat(
                        types(AiServiceContextFactory.class, loader), types(AiServicesFactory.class, loader)))
                .filter(type -> type != StrictContextFactory.class)
                .map(Class::getName)
                .distinct()
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            throw new ConfigurationException(
                    "strict.another_factory",
                    "strict mode cannot vouch for AI services that others make; remove it or these: " + others);
        }
    }

    private static <T> Stream<Class<? extends T>> types(Class<T> service, @Nullable ClassLoader loader) {
        return ServiceLoader.load(service, loader).stream().map(ServiceLoader.Provider::type);
    }
}
