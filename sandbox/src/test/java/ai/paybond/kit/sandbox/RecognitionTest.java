package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecognitionTest {
    private static final String CREATE = "/harbor/intents";

    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Scenario scenario = Scenario.in(SANDBOX.sandbox());
    private final String body = scenario.createBody().toJson();

    @Test
    void demandsAProofUnderHarbor() {
        Answer answer = scenario.client.post(CREATE, body);

        assertRefused(answer, 401, "recognition_proof_required");
        assertThat(answer.text("error")).isEqualTo("recognition_proof_required");
    }

    @Test
    void demandsNoneAtTheRoot() {
        assertThat(scenario.client.post("/intents", body).status()).isEqualTo(201);
    }

    @Test
    void refusesAProofUsedTwice() {
        String header = proof().sign(scenario.tenant.recognitionKey()).headerValue();
        Scenario other = Scenario.in(SANDBOX.sandbox());

        assertThat(send(header, body).status()).isEqualTo(201);
        assertRefused(send(header, body), 409, "recognition_nonce_replayed");
        assertThat(other.intentId).isNotEqualTo(scenario.intentId);
    }

    @Test
    void answersAnIdempotentRetryWithTheSameProof() {
        String header = proof().sign(scenario.tenant.recognitionKey()).headerValue();
        TestClient retrying =
                scenario.client.with("idempotency-key", scenario.intentId).with(RecognitionProof.HEADER, header);

        assertThat(retrying.post(CREATE, body).status()).isEqualTo(201);
        assertThat(retrying.post(CREATE, body).status()).isEqualTo(201);
    }

    @Test
    void keepsTheNonceWhenTheSandboxFailed() {
        SANDBOX.sandbox().faults().onNext(SandboxRoute.INTENT_CREATE, Fault.status(503));
        String header = proof().sign(scenario.tenant.recognitionKey()).headerValue();

        assertThat(send(header, body).status()).isEqualTo(503);
        assertThat(send(header, body).status()).isEqualTo(201);
    }

    @Test
    void refusesAProofForAnotherBody() {
        String header = proof().sign(scenario.tenant.recognitionKey()).headerValue();

        assertRefused(send(header, body + " "), 409, "protocol_binding_mismatch");
    }

    @Test
    void refusesAProofForAnotherPath() {
        String header = scenario.proof(RecognitionPurpose.INTENT_CREATE, "/intents", body)
                .sign(scenario.tenant.recognitionKey())
                .headerValue();

        assertRefused(send(header, body), 409, "protocol_binding_mismatch");
    }

    @Test
    void refusesAProofForAnotherPurpose() {
        String header = scenario.proof(RecognitionPurpose.INTENT_FUND, CREATE, body)
                .sign(scenario.tenant.recognitionKey())
                .headerValue();

        assertRefused(send(header, body), 409, "protocol_binding_mismatch");
    }

    @Test
    void refusesAnExpiredProof() {
        Instant past = Instant.parse("2026-01-01T00:00:00Z");
        String header = proof().issuedAt(past)
                .expiresAt(past.plusSeconds(240))
                .sign(scenario.tenant.recognitionKey())
                .headerValue();

        assertRefused(send(header, body), 401, "recognition_proof_expired");
    }

    @Test
    void refusesAnotherKeyUnderARegisteredId() {
        String header = proof().sign(SigningKey.fromSeed(new byte[32])).headerValue();

        assertRefused(send(header, body), 401, "recognition_proof_invalid");
    }

    @Test
    void refusesAKeyThatNobodyRegistered() {
        String header = scenario.proof("agent-key-9", RecognitionPurpose.INTENT_CREATE, CREATE, body)
                .sign(scenario.tenant.recognitionKey())
                .headerValue();

        assertRefused(send(header, body), 403, "unregistered_key");
    }

    @Test
    void refusesTheKeyOfAnotherTenant() {
        SandboxTenant other = SANDBOX.sandbox().tenants().get(1);
        String header = proof().sign(other.recognitionKey()).headerValue();

        assertRefused(send(header, body), 401, "recognition_proof_invalid");
    }

    @Test
    void refusesARevokedKey() {
        try (Sandbox own = Sandbox.start()) {
            Scenario there = Scenario.in(own);
            own.revokeRecognitionKey(own.tenant());

            Answer answer = there.recognized(
                    RecognitionPurpose.INTENT_CREATE, CREATE, there.createBody().toJson());
            assertRefused(answer, 403, "revoked_key");
        }
    }

    @Test
    void refusesAHeaderThatIsNoProof() {
        assertRefused(send("bm90IGpzb24", body), 401, "recognition_proof_invalid");
    }

    @Test
    void lenientAllowsNoneButNotAWrongOne() {
        try (Sandbox lenient =
                Sandbox.builder().recognition(RecognitionMode.LENIENT).start()) {
            Scenario there = Scenario.in(lenient);
            String text = there.createBody().toJson();

            assertRefused(
                    there.client.with(RecognitionProof.HEADER, "bm90IGpzb24").post(CREATE, text),
                    401,
                    "recognition_proof_invalid");
            assertThat(there.client.post(CREATE, text).status()).isEqualTo(201);
        }
    }

    @Test
    void offLooksAtNone() {
        try (Sandbox off = Sandbox.builder().recognition(RecognitionMode.OFF).start()) {
            Scenario there = Scenario.in(off);

            assertThat(there.client
                            .with(RecognitionProof.HEADER, "bm90IGpzb24")
                            .post(CREATE, there.createBody().toJson())
                            .status())
                    .isEqualTo(201);
        }
    }

    private RecognitionProof.Builder proof() {
        return scenario.proof(RecognitionPurpose.INTENT_CREATE, CREATE, body);
    }

    private Answer send(String header, String text) {
        return scenario.client.with(RecognitionProof.HEADER, header).post(CREATE, text);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }
}
