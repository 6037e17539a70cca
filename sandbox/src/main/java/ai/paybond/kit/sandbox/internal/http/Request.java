package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as received. Header names are lower case; {@code path} is decoded and keeps its mount; {@code body} is the
 * raw bytes, because proofs and idempotency are over exactly those.
 */
public record Request(
        String id,
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, String> query,
        Map<String, List<String>> headers,
        byte[] body) {
    private static final JsonLimits BODY_LIMITS =
            new JsonLimits(Limits.BODY_BYTES, 64, JsonLimits.DuplicateKeys.REFUSE);

    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** The body as an object; an empty body reads as an empty object. */
    public JsonObject json() {
        if (body.length == 0) {
            return JsonObject.builder().build();
        }
        try {
            if (JsonValue.parse(body, BODY_LIMITS) instanceof JsonObject object) {
                return object;
            }
            throw ApiException.invalid("The request body must be a JSON object.");
        } catch (JsonException e) {
            throw ApiException.invalid(
                    "The request body is not a JSON object that can be read here (" + e.code() + ").");
        }
    }

    /** A path parameter that is a UUID, as the caller wrote it; anything else cannot be found. */
    public String uuidParameter(String name) {
        String text = parameters.getOrDefault(name, "");
        if (!UuidText.isValid(text)) {
            throw ApiException.notFound();
        }
        return text;
    }

    /** The lower-case form that the store knows. */
    public static String stored(String uuid) {
        return uuid.toLowerCase(Locale.ROOT);
    }

    /** A whole number from the query. */
    public long number(String name, long absent) {
        try {
            return query.containsKey(name) ? Long.parseLong(query.get(name)) : absent;
        } catch (NumberFormatException e) {
            throw ApiException.invalid(name + " must be a whole number.");
        }
    }

    /** SHA-256 of the raw body, as hex. */
    public String bodyDigest() {
        return Digest32.sha256(body).hex();
    }
}
