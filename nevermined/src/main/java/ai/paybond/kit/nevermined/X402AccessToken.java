package ai.paybond.kit.nevermined;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An x402 access token: base64 of a JSON payment payload that the backend signed. A bearer secret, good for many calls until
 * its delegation ends: redacted in {@link #toString()}, compared in constant time, and given out only by {@link #expose()}.
 */
public final class X402AccessToken {
    /** The request header that carries a token. */
    public static final String HEADER = "payment-signature";

    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");
    private static final int SHORT = 20;

    private final String token;

    private X402AccessToken(String token) {
        this.token = token;
    }

    /**
     * The token as received; whether it is any good is the backend's to say.
     *
     * @throws NeverminedException {@code validation} if it is null, empty, longer than 131072 characters or not visible ASCII
     */
    public static X402AccessToken of(@Nullable String token) {
        if (token == null
                || token.length() > Base64Json.MAX_CHARS
                || !VISIBLE.matcher(token).matches()) {
            throw NeverminedException.validation("the x402 access token is missing or not one word of ASCII");
        }
        return new X402AccessToken(token);
    }

    /**
     * What the token says of itself. Nothing in it is verified: use it to choose scheme and plan for the verify call, never to
     * decide.
     *
     * @return empty if it is not base64 or base64url, padded or not, of a JSON object
     */
    public Optional<PaymentPayload> decode() {
        return Base64Json.decode(token).map(PaymentPayload::new);
    }

    /** The secret itself, for a header or a verify call. Never log it. */
    public String expose() {
        return token;
    }

    /** The first 16 characters and the last 4, to tell tokens apart in traces; of 20 or fewer, at most the first 4. */
    public String abbreviated() {
        if (token.length() <= SHORT) {
            return token.length() > 4 ? token.substring(0, 4) + "…(short)" : "…(short)";
        }
        return token.substring(0, 16) + "…" + token.substring(token.length() - 4);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof X402AccessToken that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        return "X402AccessToken[redacted]";
    }

    private byte[] bytes() {
        return token.getBytes(StandardCharsets.US_ASCII);
    }
}
