package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.sandbox.junit.SandboxFault;
import ai.paybond.kit.sandbox.junit.SandboxFault.Kind;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Faults that a test asks for with an annotation, and the ones that last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultAnnotationTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final Scenario scenario = Scenario.in(sandbox);

    @Test
    @SandboxFault(route = SandboxRoute.LEDGER, kind = Kind.STATUS, status = 503, times = 2, retryAfterSeconds = 7)
    @SandboxFault(route = SandboxRoute.LEDGER, kind = Kind.STATUS, status = 429)
    void failsInTheOrderOfTheAnnotationsAndThenNoMore() {
        assertThat(tip().header("retry-after")).isEqualTo("7");
        assertThat(tip().status()).isEqualTo(503);
        assertThat(tip().status()).isEqualTo(429);
        assertThat(tip().status()).isEqualTo(200);
    }

    @Test
    @Order(1)
    @SandboxFault(route = SandboxRoute.PRINCIPAL, kind = Kind.STATUS, times = 100)
    void armsAFaultThatTheTestDoesNotUse() {
        assertThat(scenario.client.get("/v1/auth/principal").status()).isEqualTo(503);
    }

    @Test
    @Order(2)
    void leavesNoFaultToTheNextTest() {
        assertThat(scenario.client.get("/v1/auth/principal").status()).isEqualTo(200);
    }

    @Test
    @SandboxFault(route = SandboxRoute.LEDGER, kind = Kind.EXPIRED_TOKEN)
    void expiresATokenInTheMiddle() {
        assertThat(tip().code()).isEqualTo("invalid_token");
    }

    @Test
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.CONNECTION_RESET)
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.CONNECTION_RESET_AFTER_HANDLING)
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.TRUNCATED_BODY)
    void losesAnswers() {
        String token = scenario.created();

        assertThatThrownBy(() -> verify(token)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> verify(token)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> verify(token)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.WRONG_TENANT_ECHO)
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.WRONG_INTENT_ECHO)
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.MISSING_ECHO)
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.ALLOW_AS_STRING)
    void lies() {
        String token = scenario.created();

        assertThat(verify(token).text("tenant")).isEqualTo("tenant-other");
        assertThat(verify(token).text("intent_id")).isNotEqualTo(scenario.intentId);
        assertThat(verify(token).json().has("tenant")).isFalse();
        assertThat(verify(token).text("allow")).isEqualTo("true");
    }

    @Test
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.DUPLICATE_DELIVERY)
    void deliversARequestTwice() {
        verify(scenario.created());

        assertThat(sandbox.records().verifications())
                .filteredOn(row -> row.intentId().equals(scenario.intentId))
                .hasSize(2);
    }

    @Test
    @SandboxFault(route = SandboxRoute.VERIFY, kind = Kind.DUPLICATE_DELIVERY)
    void countsARequestThatIsDeliveredTwiceUnderOneKeyOnce() {
        String token = scenario.created();
        scenario.client
                .with("idempotency-key", scenario.intentId)
                .post("/verify", scenario.verifyBody(token, OPERATION, 1));

        assertThat(sandbox.records().verifications())
                .filteredOn(row -> row.intentId().equals(scenario.intentId))
                .hasSize(1);
    }

    @Test
    @SandboxFault(route = SandboxRoute.INTENT_DETAIL, kind = Kind.CLOCK_SKEW, millis = 86_400_000)
    void tellsTheWrongTime() {
        scenario.created();
        String path = "/operator/v1/intents/" + scenario.intentId;
        Instant skewed = Instant.parse(scenario.client.get(path).text("created_at"));

        assertThat(Duration.between(Instant.parse(scenario.client.get(path).text("created_at")), skewed))
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    @SandboxFault(route = SandboxRoute.LEDGER, kind = Kind.LATENCY, millis = 1)
    @SandboxFault(route = SandboxRoute.LEDGER, kind = Kind.NOT_JSON)
    @SandboxFault(route = SandboxRoute.LEDGER, kind = Kind.STATUS_AFTER_HANDLING, status = 500)
    void answersSlowlyInHtmlOrTooLate() {
        assertThat(tip().status()).isEqualTo(200);
        assertThat(tip().body()).contains("<html>");
        assertThat(tip().status()).isEqualTo(500);
    }

    @Test
    void refusesKeysThatWereRotated() {
        try (Sandbox own = Sandbox.start()) {
            SandboxTenant before = own.tenant();
            SandboxTenant after = own.rotateApiKey(before);

            assertThat(TestClient.of(own, before).get("/ledger/v1/tip").status())
                    .isEqualTo(401);
            assertThat(TestClient.of(own, after).get("/ledger/v1/tip").status()).isEqualTo(200);
            assertThat(own.tenant().apiKey()).isEqualTo(after.apiKey());
        }
    }

    @Test
    void refusesProofsByARotatedKey() {
        try (Sandbox own = Sandbox.start()) {
            Scenario old = Scenario.in(own);
            SandboxTenant after = own.rotateRecognitionKey(own.tenant());
            Scenario fresh = Scenario.in(own, after);

            assertThat(create(old).code()).isEqualTo("revoked_key");
            assertThat(create(fresh).status()).isEqualTo(201);
        }
    }

    private static Answer create(Scenario scenario) {
        return scenario.recognized(
                RecognitionPurpose.INTENT_CREATE,
                "/harbor/intents",
                scenario.createBody().toJson());
    }

    private Answer tip() {
        return scenario.client.get("/ledger/v1/tip");
    }

    private Answer verify(String token) {
        return scenario.verify(token, OPERATION, 1);
    }
}
