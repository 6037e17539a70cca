package ai.paybond.kit.nevermined;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** JSON objects in base64, as they travel in headers and tokens. */
final class Base64Json {
    /** More than any token, header or receipt needs. */
    static final int MAX_CHARS = 131_072;

    private Base64Json() {}

    /** Base64url without padding. */
    static String url(JsonObject json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(json));
    }

    /** Standard base64 with padding. */
    static String standard(JsonObject json) {
        return Base64.getEncoder().encodeToString(utf8(json));
    }

    /** Either alphabet, with or without padding; empty for anything that is not a JSON object in it. */
    static Optional<JsonObject> decode(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        boolean standard = text.indexOf('+') >= 0 || text.indexOf('/') >= 0;
        try {
            return Optional.of(
                    JsonObject.parse((standard ? Base64.getDecoder() : Base64.getUrlDecoder()).decode(text)));
        } catch (IllegalArgumentException | WireException e) {
            return Optional.empty();
        }
    }

    /** The claims of a JWT, read without checking its signature. */
    static Optional<JsonObject> unverifiedClaims(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        return parts.length == 3 ? decode(parts[1]) : Optional.empty();
    }

    private static byte[] utf8(JsonObject json) {
        return json.toJson().getBytes(StandardCharsets.UTF_8);
    }
}
