package ai.paybond.kit.funding;

import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JSON that arrived in a header. */
final class ChallengeJson {
    static final int MAX_CHARS = 16 << 10;
    private static final JsonLimits LIMITS = new JsonLimits(MAX_CHARS, 16, JsonLimits.DuplicateKeys.REFUSE);

    private ChallengeJson() {}

    static void requireBounded(String header) {
        if (header.length() > MAX_CHARS) {
            throw new FundingException("funding.challenge_too_large", "the challenge is larger than 16 KiB");
        }
    }

    static JsonObject decode(String base64, Base64.Decoder decoder) {
        try {
            return parse(decoder.decode(base64));
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    static JsonObject parse(String json) {
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject parse(byte[] json) {
        try {
            if (JsonValue.parse(json, LIMITS) instanceof JsonObject object) {
                return object;
            }
            throw unreadable();
        } catch (JsonException e) {
            throw unreadable();
        }
    }

    /** A member that must be there, as a text. */
    static String text(JsonObject json, String member) {
        return json.string(member)
                .filter(text -> !text.isBlank())
                .orElseThrow(
                        () -> new FundingException("funding.challenge_invalid", "the challenge has no text " + member));
    }

    private static FundingException unreadable() {
        return new FundingException("funding.challenge_invalid", "the challenge is not a JSON object that can be read");
    }
}
