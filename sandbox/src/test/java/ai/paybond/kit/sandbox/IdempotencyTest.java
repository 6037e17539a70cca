package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-05-01T12:00:00Z"));
    private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
    private final Scenario scenario = Scenario.in(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void replaysTheOriginalStatusAndBody() {
        String token = scenario.created();
        TestClient keyed = scenario.client.with("idempotency-key", "call-7");
        JsonObject body = scenario.verifyBody(token, OPERATION, 700);

        Answer first = keyed.post("/verify", body);
        Answer second = keyed.post("/verify", body);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(sandbox.records().decisions()).hasSize(1);
    }

    @Test
    void replaysA201ForACreation() {
        TestClient keyed = scenario.client.with("idempotency-key", "create-1");
        Answer first = keyed.post("/intents", scenario.createBody());
        Answer second = keyed.post("/intents", scenario.createBody());

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text("capability_token")).isEqualTo(first.text("capability_token"));
    }

    @Test
    void refusesTheKeyForAnotherBody() {
        String token = scenario.created();
        TestClient keyed = scenario.client.with("idempotency-key", "call-7");
        keyed.post("/verify", scenario.verifyBody(token, OPERATION, 700));

        Answer other = keyed.post("/verify", scenario.verifyBody(token, OPERATION, 701));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("idempotency.conflict");
    }

    @Test
    void comparesRawBytesNotMeaning() {
        String token = scenario.created();
        TestClient keyed = scenario.client.with("idempotency-key", "call-7");
        String body = scenario.verifyBody(token, OPERATION, 700).toJson();
        keyed.post("/verify", body);

        assertThat(keyed.post("/verify", body + " ").status()).isEqualTo(409);
    }

    @Test
    void keepsTheKeysOfTenantsApart() {
        TestClient keyed = scenario.client.with("idempotency-key", "shared");
        keyed.post("/intents", scenario.createBody());
        Scenario other = Scenario.in(sandbox, sandbox.tenants().get(1));

        assertThat(other.client
                        .with("idempotency-key", "shared")
                        .post("/intents", other.createBody())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void keepsTheKeysOfOperationsApart() {
        String token = scenario.client
                .with("idempotency-key", "k")
                .post("/intents", scenario.createBody())
                .text("capability_token");

        assertThat(scenario.client
                        .with("idempotency-key", "k")
                        .post("/verify", scenario.verifyBody(token, OPERATION, 1))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void remembersARefusal() {
        TestClient keyed = scenario.client.with("idempotency-key", "bad");
        Answer first = keyed.post(scenario.path("evidence"), "{}");
        scenario.created();
        Answer second = keyed.post(scenario.path("evidence"), "{}");

        assertThat(first.status()).isEqualTo(404);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void doesNotFreezeAChallenge() {
        scenario.rail("x402_usdc_base").created();
        TestClient keyed = scenario.client.with("idempotency-key", "fund");

        assertThat(keyed.post(scenario.path("fund"), "{}").status()).isEqualTo(402);
        TestClient paying = keyed.with("payment-signature", "0xsigned");
        assertThat(paying.post(scenario.path("fund"), "{}").status()).isEqualTo(202);
        assertThat(paying.post(scenario.path("fund"), "{}").status()).isEqualTo(200);
        assertThat(paying.post(scenario.path("fund"), "{}").status()).isEqualTo(200);
    }

    @Test
    void forgetsAfterADay() {
        String token = scenario.created();
        TestClient keyed = scenario.client.with("idempotency-key", "call-7");
        keyed.post("/verify", scenario.verifyBody(token, OPERATION, 700));
        clock.advance(Duration.ofHours(24).plusSeconds(1));

        assertThat(keyed.post("/verify", scenario.verifyBody(token, OPERATION, 701))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        Answer answer =
                scenario.client.with("idempotency-key", "k".repeat(257)).post("/intents", scenario.createBody());

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void letsDuplicatesInFlightWaitForTheFirst() throws Exception {
        String token = scenario.created();
        TestClient keyed = scenario.client.with("idempotency-key", "race");
        Callable<String> call = () -> keyed.post("/verify", scenario.verifyBody(token, OPERATION, 700))
                .body();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> replies =
                    threads.invokeAll(Stream.generate(() -> call).limit(16).toList());
            for (Future<String> reply : replies) {
                assertThat(reply.get()).isEqualTo(replies.get(0).get());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(sandbox.records().decisions()).hasSize(1);
    }

    @Test
    void neverSpendsMoreThanTheBudgetHoweverManyAskAtOnce() throws Exception {
        String token = scenario.amountCents(1_000).created();
        Callable<Boolean> call = () ->
                scenario.verify(token, OPERATION, 300).json().bool("allow").orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        int allowed = 0;
        try {
            for (Future<Boolean> answer :
                    threads.invokeAll(Stream.generate(() -> call).limit(16).toList())) {
                allowed += answer.get() ? 1 : 0;
            }
        } finally {
            threads.shutdown();
        }
        assertThat(allowed).isEqualTo(3);
    }
}
