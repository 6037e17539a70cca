package ai.paybond.kit.examples.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.harbor.BootstrapRequest;
import ai.paybond.kit.harbor.SandboxRun;
import ai.paybond.kit.sandbox.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GuardedHotelsTest {

    @Test
    void booksWhatTheCapabilityAllowsAndIsRefusedTheRest() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (Sandbox sandbox = Sandbox.start();
                Paybond paybond = Paybond.open(PaybondOptions.builder(
                                sandbox.baseUrl(), ApiKey.of(sandbox.tenant().apiKey()))
                        .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                        .build())) {
            SandboxRun run = paybond.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 20_000));

            GuardedHotels.show(paybond, run, new PrintStream(printed, true, StandardCharsets.UTF_8));

            assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            "3 rooms free",
                            "Booking[city=Lisbon, status=completed, cost_cents=9000]",
                            "refused: budget_exceeded");
            assertThat(sandbox.records().evidence(run.intentId())).hasSize(1);
        }
    }
}
