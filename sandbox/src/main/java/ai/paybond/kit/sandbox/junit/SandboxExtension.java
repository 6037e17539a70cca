package ai.paybond.kit.sandbox.junit;

import ai.paybond.kit.sandbox.Sandbox;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs a {@link Sandbox} around tests and hands it to any parameter of that type. In a static field it serves the whole
 * class and its nested classes, in an instance field each test gets a fresh one. Faults of {@link SandboxFault} are armed
 * before a test, and those that it left armed are cleared after it.
 */
public final class SandboxExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final Supplier<Sandbox> starter;
    private @Nullable Sandbox sandbox;
    private int openClasses;

    /** A sandbox in memory with default options. Also what {@code @ExtendWith} uses. */
    public SandboxExtension() {
        this(Sandbox::start);
    }

    private SandboxExtension(Supplier<Sandbox> starter) {
        this.starter = starter;
    }

    /** A sandbox that {@code starter} starts, such as {@code () -> Sandbox.builder().clock(clock).start()}. */
    public static SandboxExtension startedBy(Supplier<Sandbox> starter) {
        return new SandboxExtension(starter);
    }

    /** The running sandbox. @throws IllegalStateException outside a test */
    public Sandbox sandbox() {
        Sandbox running = sandbox;
        if (running == null) {
            throw new IllegalStateException("The sandbox runs only while tests do.");
        }
        return running;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (openClasses++ == 0) {
            sandbox = starter.get();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (openClasses == 0) {
            sandbox = starter.get();
        }
        context.getTestMethod()
                .map(method -> method.getAnnotationsByType(SandboxFault.class))
                .ifPresent(this::arm);
    }

    private void arm(SandboxFault[] faults) {
        for (SandboxFault fault : faults) {
            sandbox().faults().onNext(fault.route(), fault.kind().fault(fault)).times(fault.times());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (openClasses > 0) {
            sandbox().faults().clear();
        } else {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--openClasses == 0) {
            stop();
        }
    }

    private void stop() {
        sandbox().close();
        sandbox = null;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Sandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return sandbox();
    }
}
