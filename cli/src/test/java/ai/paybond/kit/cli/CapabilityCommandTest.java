package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilityCommandTest {

    @TempDir
    private Path directory;

    private Sandbox sandbox;
    private SandboxRun run;
    private Path token;

    @BeforeEach
    void haveTheSandboxGrantACapability() throws IOException {
        sandbox = Sandbox.start();
        PaybondOptions options = PaybondOptions.builder(
                        sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                .remoteVerificationOnly()
                .build();
        try (Paybond paybond = Paybond.open(options)) {
            run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));
        }
        token = Files.writeString(
                directory.resolve("token"), run.capabilityToken().expose());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void inspectShowsTheGrantAndSaysThatItIsNotVerified() {
        Run inspected = Run.of("capability", "inspect", token.toString());

        assertThat(inspected.status()).isZero();
        assertThat(inspected.out()).startsWith("NOT VERIFIED").contains("travel.book_hotel", "20000 cents usd");
    }

    @Test
    void verifyAllowsWhatTheTokenGrants() {
        assertThat(verify("20000").status()).isZero();
    }

    @Test
    void verifyRefusesWhatItDoesNot() {
        Run refused = verify("20001");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.out()).startsWith("REFUSED: budget_exceeded");
    }

    private Run verify(String cents) {
        return Run.of(
                "capability",
                "verify",
                "--root-key",
                sandbox.capabilityRootKeyId() + "="
                        + sandbox.capabilityRootKey().hex(),
                "--tenant",
                sandbox.tenant().tenantId(),
                "--intent",
                run.intentId(),
                "--operation",
                "travel.book_hotel",
                "--spend-cents",
                cents,
                token.toString());
    }
}
