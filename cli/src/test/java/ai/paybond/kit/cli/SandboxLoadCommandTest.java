package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The load itself is a command, not a test; here only that it runs and counts. */
class SandboxLoadCommandTest {

    @Test
    void countsTheCallsOfEveryClient() {
        Run run = Run.of("sandbox", "load", "--clients", "4", "--seconds", "1");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("4 clients", " 0 errors", "p99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1"})
    void refusesANumberOfClientsThatIsNone(String clients) {
        assertThat(Run.of("sandbox", "load", "--clients", clients).status()).isEqualTo(2);
    }
}
