package ai.paybond.kit.wire.recognition;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.Samples;
import ai.paybond.kit.wire.Tampering;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecognitionProofTest {
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final String PATH = "/harbor/intents";

    private static RecognitionProof.Builder proof() {
        return RecognitionProof.builder("kid-1", "tenant-a")
                .purpose(RecognitionPurpose.INTENT_CREATE)
                .request("POST", PATH, BODY)
                .issuedBy(Samples.CLOCK)
                .nonce("nonce-1");
    }

    private static RecognitionExpectation expecting(
            String tenant, RecognitionPurpose purpose, String method, String path, byte[] body, int key, Clock clock) {
        return new RecognitionExpectation(
                tenant, purpose, method, path, body, Samples.key(key).publicKey(), clock);
    }

    private static RecognitionExpectation expected() {
        return at(Duration.ZERO);
    }

    private static RecognitionExpectation at(Duration later) {
        return expecting(
                "tenant-a",
                RecognitionPurpose.INTENT_CREATE,
                "POST",
                PATH,
                BODY,
                1,
                Clock.offset(Samples.CLOCK, later));
    }

    private static RecognitionVerdict verdict(RecognitionExpectation expectation) {
        return RecognitionProof.fromHeader(proof().sign(Samples.key(1)).headerValue())
                .verify(expectation);
    }

    @Test
    void admitsTheRequestItWasMadeFor() {
        assertThat(verdict(expected())).isEqualTo(RecognitionVerdict.VALID);
    }

    @Test
    void refusesAnyOtherRequest() {
        RecognitionPurpose create = RecognitionPurpose.INTENT_CREATE;
        RecognitionPurpose fund = RecognitionPurpose.INTENT_FUND;
        Clock now = Samples.CLOCK;

        assertThat(verdict(expecting("tenant-b", create, "POST", PATH, BODY, 1, now)))
                .isEqualTo(RecognitionVerdict.TENANT_MISMATCH);
        assertThat(verdict(expecting("tenant-a", fund, "POST", PATH, BODY, 1, now)))
                .isEqualTo(RecognitionVerdict.PURPOSE_MISMATCH);
        assertThat(verdict(expecting("tenant-a", create, "PUT", PATH, BODY, 1, now)))
                .isEqualTo(RecognitionVerdict.METHOD_MISMATCH);
        assertThat(verdict(expecting("tenant-a", create, "POST", PATH + "/", BODY, 1, now)))
                .isEqualTo(RecognitionVerdict.PATH_MISMATCH);
        assertThat(verdict(expecting("tenant-a", create, "POST", PATH, new byte[0], 1, now)))
                .isEqualTo(RecognitionVerdict.BODY_MISMATCH);
        assertThat(verdict(expecting("tenant-a", create, "POST", PATH, BODY, 2, now)))
                .isEqualTo(RecognitionVerdict.UNTRUSTED_KEY);
    }

    @Test
    void refusesAProofMadeForAnotherVerifier() {
        RecognitionProof elsewhere = proof().verifierId("other").sign(Samples.key(1));

        assertThat(elsewhere.verify(expected())).isEqualTo(RecognitionVerdict.VERIFIER_MISMATCH);
    }

    @Test
    void livesFourMinutesFromAMinuteAgo() {
        assertThat(verdict(at(Duration.ofSeconds(179)))).isEqualTo(RecognitionVerdict.VALID);
        assertThat(verdict(at(Duration.ofSeconds(180)))).isEqualTo(RecognitionVerdict.EXPIRED);
        assertThat(verdict(at(Duration.ofSeconds(-120)))).isEqualTo(RecognitionVerdict.VALID);
        assertThat(verdict(at(Duration.ofSeconds(-121)))).isEqualTo(RecognitionVerdict.NOT_YET_VALID);
    }

    @Test
    void refusesAnyChangeOfTheEnvelope() {
        JsonObject envelope = proof().sign(Samples.key(1)).toJson();
        List<Tampering.Change> changes = new ArrayList<>(Tampering.members(envelope));
        changes.addAll(Tampering.bits(envelope));
        String text = envelope.toJson();
        List<String> accepted = changes.stream()
                .filter(change -> !change.object().toJson().equals(text))
                .filter(change -> isAdmitted(header(change.object())))
                .map(Tampering.Change::description)
                .toList();

        assertThat(accepted).isEmpty();
    }

    @Test
    void refusesAnyChangeOfTheHeader() {
        String header = proof().sign(Samples.key(1)).headerValue();
        for (int i = 0; i < header.length(); i++) {
            String changed = header.substring(0, i) + (char) (header.charAt(i) ^ 1) + header.substring(i + 1);
            assertThat(isAdmitted(changed)).as("character %d", i).isFalse();
        }
    }

    private static boolean isAdmitted(String header) {
        try {
            return RecognitionProof.fromHeader(header).verify(expected()).isValid();
        } catch (WireException e) {
            return false;
        }
    }

    private static String header(JsonObject envelope) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(envelope.toJson().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesHeadersThatAreNoProof() {
        assertRefused("recognition.header", () -> RecognitionProof.fromHeader(""));
        assertRefused("recognition.header", () -> RecognitionProof.fromHeader("=="));
        assertRefused("recognition.header", () -> RecognitionProof.fromHeader("a".repeat(100_000)));
        assertRefused(
                "recognition.header",
                () -> RecognitionProof.fromHeader(proof().sign(Samples.key(1)).headerValue() + "="));
        assertRefused("recognition.verifier_context", () -> RecognitionProof.fromHeader("e30"));
    }

    @Test
    void refusesToSignWithTheReasonThatComesFirst() {
        Instant now = Samples.CLOCK.instant();
        RecognitionProof.Builder proof = RecognitionProof.builder("kid 1", " ");
        assertRefused("recognition.tenant_id", () -> proof.sign(Samples.key(1)));

        RecognitionProof.Builder other = RecognitionProof.builder("kid 1", "t");
        assertRefused("recognition.issued_at", () -> other.sign(Samples.key(1)));
        assertRefused(
                "recognition.expires_at",
                () -> other.issuedAt(now).expiresAt(now).sign(Samples.key(1)));
        assertRefused("recognition.expires_at", () -> other.expiresAt(now.plusMillis(600_001))
                .sign(Samples.key(1)));
        assertRefused("recognition.nonce", () -> other.expiresAt(null).sign(Samples.key(1)));
        assertRefused("recognition.nonce", () -> other.nonce("n".repeat(257)).sign(Samples.key(1)));
        assertRefused("recognition.method", () -> other.nonce("n").sign(Samples.key(1)));
        assertRefused("recognition.path", () -> other.request("GET", "x", BODY).sign(Samples.key(1)));
        assertRefused(
                "recognition.key_id", () -> other.request("GET", "/", BODY).sign(Samples.key(1)));
    }
}
