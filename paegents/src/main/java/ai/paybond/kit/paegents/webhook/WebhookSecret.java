package ai.paybond.kit.paegents.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The signing secret of a webhook subscription. Never prints itself; equality takes constant time. */
public final class WebhookSecret {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] bytes;

    private WebhookSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException for blank text */
    public static WebhookSecret of(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("a webhook secret is not blank");
        }
        return new WebhookSecret(secret.getBytes(StandardCharsets.UTF_8));
    }

    byte[] hmac(byte[] prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookSecret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return WebhookSecret.class.hashCode();
    }

    @Override
    public String toString() {
        return "WebhookSecret[redacted]";
    }
}
