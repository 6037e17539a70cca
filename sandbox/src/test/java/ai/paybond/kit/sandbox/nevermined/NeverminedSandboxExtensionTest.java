package ai.paybond.kit.sandbox.nevermined;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.junit.NeverminedSandboxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NeverminedSandboxExtensionTest {
    @RegisterExtension
    private final NeverminedSandboxExtension extension = new NeverminedSandboxExtension();

    @Test
    void handsOutTheRunningSandbox(NeverminedSandbox sandbox) {
        assertThat(sandbox).isSameAs(extension.sandbox());
        assertThat(sandbox.baseUrl().getHost()).isEqualTo("127.0.0.1");
        assertThat(sandbox.seller()).isNotEqualTo(sandbox.buyer());
    }
}
