package ai.paybond.kit.paegents.webhook;

import static ai.paybond.kit.paegents.Refusals.CLOCK;
import static ai.paybond.kit.paegents.Refusals.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.paegents.webhook.WebhookVerdict.Genuine;
import ai.paybond.kit.paegents.webhook.WebhookVerdict.Reason;
import ai.paybond.kit.paegents.webhook.WebhookVerdict.Refused;
import ai.paybond.kit.wire.Hex;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {
    private static final byte[] BODY = {'{', (byte) 0xFF, '}'};
    private static final WebhookSecret OLD = WebhookSecret.of("old");
    private static final WebhookSecret NEW = WebhookSecret.of("new");

    private final WebhookVerifier verifier =
            new WebhookVerifier(List.of(NEW, OLD), WebhookVerifier.DEFAULT_TOLERANCE, CLOCK);

    private static String signature(WebhookSecret secret) {
        return Hex.encode(secret.hmac((NOW + ".").getBytes(StandardCharsets.UTF_8), BODY));
    }

    private void assertRefused(Reason reason, String header) {
        assertThat(verifier.verify(header, BODY)).isEqualTo(new Refused(reason));
    }

    @Test
    void acceptsEitherSecretDuringRotation() {
        Genuine genuine = new Genuine(Instant.ofEpochSecond(NOW));

        assertThat(verifier.verify("t=" + NOW + ",v1=" + signature(OLD), BODY)).isEqualTo(genuine);
        assertThat(verifier.verify("t=" + NOW + ",v1=" + signature(NEW).toUpperCase(Locale.ROOT), BODY))
                .isEqualTo(genuine);
        assertThat(verifier.verify("t=" + NOW + ",v0=x,v1=nothex,v1=" + signature(NEW), BODY))
                .isEqualTo(genuine);
    }

    @Test
    void refusesAnUnknownSecret() {
        assertRefused(Reason.MISMATCH, "t=" + NOW + ",v1=" + signature(WebhookSecret.of("stolen")));
    }

    @Test
    void refusesAMissingHeader() {
        assertThat(verifier.verify(null, BODY)).isEqualTo(new Refused(Reason.MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1=00", "t=1", "t=1,t=1,v1=00", "t=-1,v1=00", "t=999999999999999999999,v1=00", "t=1,v1="})
    void refusesAHeaderWithoutOneTimeAndASignature(String header) {
        assertRefused(Reason.INVALID_HEADER, header);
    }

    @Test
    void refusesAHugeHeader() {
        assertRefused(Reason.INVALID_HEADER, "t=" + NOW + ",v1=" + "0".repeat(5000));
    }

    @Test
    void neverPrintsTheSecret() {
        assertThat(NEW).hasToString("WebhookSecret[redacted]");
    }
}
