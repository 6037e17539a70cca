package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.langchain4j.GuardResolver;
import dev.langchain4j.service.AiServiceContext;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells strict mode under which guard the tools run that nobody guarded.
 *
 * <pre>{@code
 * try (StrictGuards.Registration strict = StrictGuards.install(GuardResolver.fixed(guard))) {
 *     Assistant assistant = AiServices.builder(Assistant.class).chatModel(model).tools(tools).build();
 *     assistant.chat("Book me a room");
 * }
 * }</pre>
 *
 * <p>An {@link ai.paybond.kit.langchain4j.InvocationGuard} in the parameters of an invocation goes before what is
 * installed, and needs no installation. A tool that {@link ai.paybond.kit.langchain4j.GuardedTools} guarded keeps that
 * guard alone. Where there is no guard, the call is refused as {@code guard.missing}.
 *
 * <p>Thread-safe. It applies to AI services that were built before, too.
 */
public final class StrictGuards {
    /** Per process, because LangChain4j makes the factory, and makes it once, with nothing to pass this in by. */
    private static final AtomicReference<@Nullable Registration> INSTALLED = new AtomicReference<>();

    private StrictGuards() {}

    /**
     * Installs what finds the guard of a call, until the registration is closed. To be done once, when the application
     * starts: it also makes sure that strict mode is in force.
     *
     * @throws ConfigurationException {@code strict.another_factory} when something else on the class path makes AI
     *     services; {@code strict.not_in_force} when LangChain4j did not find strict mode; {@code
     *     strict.installed_already} when an earlier registration is not closed
     */
    public static Registration install(GuardResolver guards) {
        Registration registration = new Registration(guards);
        OtherFactories.refuse();
        requireInForce();
        if (!INSTALLED.compareAndSet(null, registration)) {
            throw new ConfigurationException("strict.installed_already", "close the earlier registration first");
        }
        return registration;
    }

    static @Nullable GuardResolver installed() {
        Registration registration = INSTALLED.get();
        return registration == null ? null : registration.guards;
    }

    private static void requireInForce() {
        boolean inForce;
        try {
            inForce = AiServiceContext.create(StrictGuards.class).toolService instanceof StrictToolService;
        } catch (LinkageError e) {
            throw new ConfigurationException("strict.not_in_force", "LangChain4j cannot make AI services", e);
        }
        if (!inForce) {
            throw new ConfigurationException(
                    "strict.not_in_force", "LangChain4j made an AI service before it could see strict mode");
        }
    }

    /** What was installed; closing it has every tool call refused that finds no guard elsewhere. */
    public static final class Registration implements AutoCloseable {
        private final GuardResolver guards;

        private Registration(GuardResolver guards) {
            this.guards = Objects.requireNonNull(guards, "guards");
        }

        /** Takes back this registration, and no later one. */
        @Override
        public void close() {
            INSTALLED.compareAndSet(this, null);
        }
    }
}
