package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.sandbox.junit.SandboxExtension;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    @Test
    void stopsAnsweringWhenClosed() {
        Sandbox sandbox = Sandbox.start();
        TestClient client = TestClient.of(sandbox);
        sandbox.close();
        sandbox.close();

        assertThatThrownBy(() -> client.get("/v1/auth/principal")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void leavesTheStoreClosedWhenThePortIsTaken(@TempDir Path directory) {
        int taken = SANDBOX.sandbox().baseUrl().getPort();

        assertThatThrownBy(() ->
                        Sandbox.builder().port(taken).dataDirectory(directory).start())
                .isInstanceOf(RuntimeException.class);
        try (Sandbox sandbox = Sandbox.builder().dataDirectory(directory).start()) {
            assertThat(TestClient.of(sandbox).get("/v1/auth/principal").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void keepsSandboxesApart() {
        try (Sandbox other = Sandbox.start()) {
            assertThat(TestClient.anonymous(other)
                            .bearer(SANDBOX.sandbox().tenant().apiKey())
                            .get("/v1/auth/principal")
                            .code())
                    .isEqualTo("invalid_api_key");
        }
    }

    @Nested
    class NestedClasses {
        @Test
        void shareTheSandboxOfTheirClass(Sandbox sandbox) {
            assertThat(sandbox).isSameAs(SANDBOX.sandbox());
        }
    }

    @Nested
    class InstanceFields {
        @RegisterExtension
        final SandboxExtension own = new SandboxExtension();

        @Test
        void getAFreshSandbox() {
            assertThat(own.sandbox()).isNotSameAs(SANDBOX.sandbox());
        }
    }
}
