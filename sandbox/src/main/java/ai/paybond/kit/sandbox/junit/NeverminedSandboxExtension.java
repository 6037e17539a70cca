package ai.paybond.kit.sandbox.junit;

import ai.paybond.kit.sandbox.nevermined.NeverminedSandbox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Runs a fresh {@link NeverminedSandbox} around each test and hands it to any parameter of that type. */
public final class NeverminedSandboxExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private @Nullable NeverminedSandbox sandbox;

    /** The running sandbox. @throws IllegalStateException outside a test */
    public NeverminedSandbox sandbox() {
        NeverminedSandbox running = sandbox;
        if (running == null) {
            throw new IllegalStateException("The sandbox runs only while tests do.");
        }
        return running;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        sandbox = NeverminedSandbox.start();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        sandbox().close();
        sandbox = null;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == NeverminedSandbox.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return sandbox();
    }
}
