package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaybondCommandTest {

    @Test
    void helpNamesEveryCommand() {
        assertThat(Run.of("--help").out())
                .contains("demo", "sandbox", "conformance", "receipt", "capability", "policy");
    }

    @Test
    void wrongUsageExitsWithTwo() {
        assertThat(Run.of("no-such-command").status()).isEqualTo(2);
        assertThat(Run.of().status()).isEqualTo(2);
    }

    @Test
    void failureIsOneLineWithoutAStack() {
        Run run = Run.of("receipt", "verify", "no-such-file.json");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("paybond: ")
                .contains("no-such-file.json")
                .hasLineCount(1);
    }
}
