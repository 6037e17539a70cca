package ai.paybond.kit.paegents.webhook;

import ai.paybond.kit.paegents.webhook.WebhookVerdict.Genuine;
import ai.paybond.kit.paegents.webhook.WebhookVerdict.Reason;
import ai.paybond.kit.paegents.webhook.WebhookVerdict.Refused;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the header {@code Paegents-Signature} against the body as it was received, before anything parses it. The header
 * is {@code t=<seconds>, v1=<hex>}, with v1 the HMAC-SHA256 of {@code t.body} under the subscription's secret. Give the old
 * and the new secret while one is being rotated. Thread-safe.
 */
public final class WebhookVerifier {
    /** The name of the header. */
    public static final String HEADER = "Paegents-Signature";

    /** 300 seconds, either way and inclusive. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofSeconds(300);

    private final List<WebhookSecret> secrets;
    private final Duration tolerance;
    private final Clock clock;

    /** @throws IllegalArgumentException without any secret, or for a negative tolerance */
    public WebhookVerifier(List<WebhookSecret> secrets, Duration tolerance, Clock clock) {
        this.secrets = List.copyOf(secrets);
        this.tolerance = tolerance;
        this.clock = clock;
        if (this.secrets.isEmpty() || tolerance.isNegative()) {
            throw new IllegalArgumentException("needs a secret and a tolerance that is not negative");
        }
    }

    /** @param rawBody the bytes as received; bytes printed again from parsed JSON do not match */
    public WebhookVerdict verify(@Nullable String header, byte[] rawBody) {
        if (header == null || header.isBlank()) {
            return new Refused(Reason.MISSING);
        }
        Optional<SignatureHeader> parsed = SignatureHeader.parse(header);
        if (parsed.isEmpty()) {
            return new Refused(Reason.INVALID_HEADER);
        }
        SignatureHeader signed = parsed.get();
        long age = Math.abs(clock.instant().getEpochSecond() - signed.seconds());
        if (age > tolerance.toSeconds()) {
            return new Refused(Reason.OUTSIDE_TOLERANCE);
        }
        return matches(signed, rawBody)
                ? new Genuine(Instant.ofEpochSecond(signed.seconds()))
                : new Refused(Reason.MISMATCH);
    }

    /** Tries everything even after a match, so that time tells nothing about which secret it was. */
    private boolean matches(SignatureHeader signed, byte[] rawBody) {
        byte[] prefix = (signed.timestamp() + ".").getBytes(StandardCharsets.US_ASCII);
        boolean match = false;
        for (WebhookSecret secret : secrets) {
            byte[] expected = secret.hmac(prefix, rawBody);
            for (String signature : signed.signatures()) {
                match |= MessageDigest.isEqual(expected, bytes(signature));
            }
        }
        return match;
    }

    /** Nothing, which matches nothing, for what is no hexadecimal text. */
    private static byte[] bytes(String signature) {
        try {
            return Hex.decode(signature);
        } catch (WireException e) {
            return new byte[0];
        }
    }
}
