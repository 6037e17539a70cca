package ai.paybond.kit.langchain4j.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.langchain4j.GuardResolver;
import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.spi.services.AiServiceContextFactory;
import dev.langchain4j.spi.services.AiServicesFactory;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class path with somebody else's factory on it. */
class OtherFactoriesTest {
    /** One that would make AI services without a guard. */
    public static final class Unguarded implements AiServiceContextFactory {
        @Override
        public AiServiceContext create(Class<?> aiServiceClass) {
            throw new AssertionError("used in place of strict mode");
        }
    }

    public static final class OwnAiServices implements AiServicesFactory {
        @Override
        public <T> AiServices<T> create(AiServiceContext context) {
            throw new AssertionError("used in place of LangChain4j's own");
        }
    }

    @TempDir
    Path directory;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private URL declaring(Class<?> service, Class<?> provider) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), provider.getName());
        return directory.toUri().toURL();
    }

    private static void assertNames(Throwable thrown, Class<?> factory) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("strict.another_factory"))
                .hasMessageContaining(factory.getName());
    }

    @Test
    void refusesToInstallBesideAnotherContextFactory() throws IOException {
        URL added = declaring(AiServiceContextFactory.class, Unguarded.class);
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {added}, before));

        assertNames(catchThrowable(() -> StrictGuards.install(GuardResolver.perInvocation())), Unguarded.class);
        assertNames(catchThrowable(StrictContextFactory::new), Unguarded.class);
    }

    @Test
    void refusesToInstallBesideAFactoryOfWholeAiServices() throws IOException {
        URL added = declaring(AiServicesFactory.class, OwnAiServices.class);
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {added}, before));

        assertNames(catchThrowable(() -> StrictGuards.install(GuardResolver.perInvocation())), OwnAiServices.class);
    }

    @Test
    void leavesNothingInstalledWhenItRefuses() throws IOException {
        URL added = declaring(AiServiceContextFactory.class, Unguarded.class);
        Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[] {added}, before));
        assertThatThrownBy(() -> StrictGuards.install(GuardResolver.perInvocation()));
        Thread.currentThread().setContextClassLoader(before);

        assertThatCode(() -> StrictGuards.install(GuardResolver.perInvocation()).close())
                .doesNotThrowAnyException();
    }

    /** LangChain4j's own start, in a class loader of its own, without any call of strict mode. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void letsNoAiServiceBeBuiltBesideAnotherFactoryWhicheverComesFirst(boolean othersFirst) throws Exception {
        List<URL> classPath = new ArrayList<>(ownClassPath());
        classPath.add(othersFirst ? 0 : classPath.size(), declaring(AiServiceContextFactory.class, Unguarded.class));
        try (URLClassLoader isolated =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(isolated);
            Class<?> services = isolated.loadClass(AiServices.class.getName());

            assertThatThrownBy(() -> services.getMethod("builder", Class.class).invoke(null, Runnable.class))
                    .rootCause()
                    .hasMessageContaining("strict mode")
                    .hasMessageContaining(Unguarded.class.getName())
                    .satisfies(
                            e -> assertThat(e.getClass().getName()).isEqualTo(ConfigurationException.class.getName()));
        }
    }

    private static List<URL> ownClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(OtherFactoriesTest::url)
                .toList();
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
