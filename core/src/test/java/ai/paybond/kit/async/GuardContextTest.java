package ai.paybond.kit.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class GuardContextTest {
    private final ToolGuard outer = guard();
    private final ToolGuard inner = guard();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    @Test
    void hasNoGuardUntilAScopeIsOpened() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(GuardContext::current)
                .satisfies(e -> assertThat(e.code()).isEqualTo("guard.no_context"));
    }

    @Test
    void scopesNestAndEnd() {
        try (GuardContext.Scope first = GuardContext.open(outer)) {
            try (GuardContext.Scope second = GuardContext.open(inner)) {
                assertThat(GuardContext.current()).isSameAs(inner);
            }
            assertThat(GuardContext.current()).isSameAs(outer);
        }
        assertThat(GuardContext.find()).isEmpty();
    }

    @Test
    void anotherThreadWorksForNobodyUnlessItsTaskIsWrapped() throws Exception {
        try (GuardContext.Scope scope = GuardContext.open(outer)) {
            assertThat(other.submit(GuardContext::find).get()).isEmpty();
            assertThat(other.submit(GuardContext.wrap(GuardContext::current)).get())
                    .isSameAs(outer);
            assertThat(CompletableFuture.supplyAsync(GuardContext.wrapSupplier(GuardContext::find), other)
                            .get())
                    .containsSame(outer);
            assertThat(CompletableFuture.supplyAsync(GuardContext::find, GuardContext.wrap(other))
                            .get())
                    .containsSame(outer);
        }
        assertThat(other.submit(GuardContext::find).get()).isEmpty();
    }

    @Test
    void aTaskThatWasWrappedOutsideARunHasNone() {
        Runnable[] seen = new Runnable[1];
        CompletableFuture<Optional<ToolGuard>> found = new CompletableFuture<>();
        seen[0] = GuardContext.wrap(() -> {
            found.complete(GuardContext.find());
        });
        try (GuardContext.Scope scope = GuardContext.open(outer)) {
            seen[0].run();
            assertThat(GuardContext.current()).isSameAs(outer);
        }
        assertThat(found.join()).isEmpty();
    }

    @Test
    void givesVirtualThreadsWhereThereAre() throws Exception {
        boolean expected = Runtime.version().feature() >= 21;
        ExecutorService executor = GuardExecutors.virtualOrCached();
        boolean named = executor.submit(() -> Thread.currentThread().toString().startsWith("VirtualThread"))
                .get();
        executor.shutdown();

        assertThat(named).isEqualTo(expected);
    }

    @Test
    void givesPlatformThreadsWhereThereAreNoVirtualOnes() throws Exception {
        ExecutorService executor = GuardExecutors.virtual(MethodHandles.publicLookup(), "noSuchMethod")
                .get();

        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
        executor.shutdown();
    }

    private static ToolGuard guard() {
        CapabilityBinding binding = new CapabilityBinding("intent", CapabilityToken.of("c2VjcmV0"), "usd");
        return ToolGuard.builder(
                        binding,
                        ToolRegistry.of(),
                        Mockito.mock(ToolAuthority.class),
                        CapabilityVerifier.remoteOnly(),
                        "tenant")
                .build();
    }
}
