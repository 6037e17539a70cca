package ai.paybond.kit.nevermined.message;

import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Headers and bodies of MPP, the {@code Payment} authentication scheme. */
public final class MppMessages {
    /** The response header with the challenge. */
    public static final String CHALLENGE_HEADER = "www-authenticate";

    /** The request header with the credential. */
    public static final String CREDENTIAL_HEADER = "authorization";

    /** The response header with the receipt. */
    public static final String RECEIPT_HEADER = "payment-receipt";

    private static final String SCHEME = "Payment ";
    private static final int MAX_CHARS = 131_072;
    private static final Pattern PARAMETER = Pattern.compile("\\G,?\\s*([a-z]{1,32})=\"([^\"\\\\]{0,65536})\"\\s*");

    private MppMessages() {}

    /** What the backend is asked for to make a challenge. */
    public static JsonObject challengeRequest(
            String planId,
            BigInteger credits,
            @Nullable String agentId,
            String resource,
            String httpVerb,
            @Nullable String digest) {
        return JsonObject.builder()
                .put("planId", planId)
                .put("credits", credits.toString())
                .putIfPresent("agentId", agentId)
                .put("resource", resource)
                .put("httpVerb", httpVerb)
                .putIfPresent("digest", digest)
                .build();
    }

    /** The parameters of a challenge header; empty if it is of another scheme or not well formed. */
    public static Optional<Map<String, String>> parseChallenge(String header) {
        if (header.length() > MAX_CHARS || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(header).region(SCHEME.length(), header.length());
        int end = SCHEME.length();
        while (matcher.find()) {
            if (parameters.put(matcher.group(1), matcher.group(2)) != null) {
                return Optional.empty();
            }
            end = matcher.end();
        }
        return end == header.length() && parameters.containsKey("id") ? Optional.of(parameters) : Optional.empty();
    }

    /** The credential header that answers a challenge. A secret: never log it. */
    public static String credential(JsonObject challenge, X402AccessToken token) {
        JsonObject json = JsonObject.builder()
                .put("challenge", challenge)
                .put("payload", Map.of("accessToken", token.expose()))
                .build();
        return SCHEME
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(json.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** What is inside a credential header; empty if it is of another scheme or cannot be read. Holds the token. */
    public static Optional<JsonObject> parseCredential(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? decode(header.substring(SCHEME.length()))
                : Optional.empty();
    }

    /** What is inside a receipt. */
    public static Optional<JsonObject> parseReceipt(String header) {
        return decode(header);
    }

    /** What the backend is asked for to verify or settle. Holds the credential: never log it. */
    public static JsonObject redeemRequest(String credential, String resource, String httpVerb, String bodyDigest) {
        return JsonObject.builder()
                .put("credential", credential)
                .put("resource", resource)
                .put("httpVerb", httpVerb)
                .put("bodyDigest", bodyDigest)
                .build();
    }

    /** The digest that binds a credential to a body, {@code sha-256=} and standard base64. */
    public static String bodyDigest(byte[] body) {
        return "sha-256="
                + Base64.getEncoder().encodeToString(Digest32.sha256(body).bytes());
    }

    private static Optional<JsonObject> decode(String base64url) {
        if (base64url.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonObject.parse(Base64.getUrlDecoder().decode(base64url)));
        } catch (IllegalArgumentException | WireException e) {
            return Optional.empty();
        }
    }
}
