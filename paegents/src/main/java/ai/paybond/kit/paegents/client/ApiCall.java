package ai.paybond.kit.paegents.client;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.paegents.internal.HttpReply;
import ai.paybond.kit.paegents.internal.HttpRequest;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One call while it is put together. Every write gets an idempotency key, so that it may be sent again. */
final class ApiCall {
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_.:@~-]{1,200}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** Whose word a route asks for. */
    private enum Credential {
        NONE,
        AGENT,
        OWNER,
        OWNER_OR_AGENT
    }

    private final Backend backend;
    private final String method;
    private final List<String> segments;
    private final Map<String, String> query = new LinkedHashMap<>();
    private Credential credential = Credential.AGENT;
    private @Nullable JsonObject body;
    private @Nullable String idempotencyKey;

    ApiCall(Backend backend, String method, String... segments) {
        this.backend = backend;
        this.method = method;
        this.segments = List.of(segments);
        this.segments.forEach(ApiCall::requireSegment);
    }

    /** Whatever a caller takes for an id must not become another route. */
    static void requireSegment(String segment) {
        boolean dots = segment.equals(".") || segment.equals("..");
        if (dots || !SEGMENT.matcher(segment).matches()) {
            throw new PaegentsApiException("request.invalid", "an id in the path is malformed", false, null);
        }
    }

    ApiCall query(String name, @Nullable Object value) {
        if (value != null) {
            query.put(name, value.toString());
        }
        return this;
    }

    ApiCall json(JsonObject json) {
        this.body = json;
        return this;
    }

    /** A key of the caller's own, or null for the default. */
    ApiCall key(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            throw new PaegentsApiException("request.invalid", "an idempotency key is one word of ASCII", false, null);
        }
        if (key != null) {
            this.idempotencyKey = key;
        }
        return this;
    }

    ApiCall open() {
        this.credential = Credential.NONE;
        return this;
    }

    ApiCall asOwner() {
        this.credential = Credential.OWNER;
        return this;
    }

    ApiCall asOwnerOrAgent() {
        this.credential = Credential.OWNER_OR_AGENT;
        return this;
    }

    JsonObject object() {
        return json() instanceof JsonObject object ? object : refuse();
    }

    JsonArray array() {
        return json() instanceof JsonArray array ? array : refuse();
    }

    /** For replies in which nothing is looked for. */
    JsonObject anything() {
        HttpReply reply = send();
        return reply.body().length == 0
                ? JsonObject.builder().build()
                : parsed(reply) instanceof JsonObject object
                        ? object
                        : JsonObject.builder().build();
    }

    private JsonValue json() {
        return parsed(send());
    }

    private JsonValue parsed(HttpReply reply) {
        try {
            return JsonValue.parse(reply.body());
        } catch (WireException e) {
            throw PaegentsApiException.malformed("the reply to " + this);
        }
    }

    private <T> T refuse() {
        throw PaegentsApiException.malformed("the reply to " + this);
    }

    private HttpReply send() {
        Map<String, String> headers = headers();
        String json = body == null ? null : body.toJson();
        return backend.exchange(new HttpRequest(method, segments, query, () -> headers, json, true));
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        authorize(headers);
        if (!method.equals("GET")) {
            headers.put(
                    "Idempotency-Key",
                    idempotencyKey == null ? backend.freshId().toString() : idempotencyKey);
        }
        return headers;
    }

    /** An owner's word goes alone; an agent's key under both names that Paegents' documents use. */
    private void authorize(Map<String, String> headers) {
        OwnerJwt owner = backend.owner();
        boolean ownerRoute = credential == Credential.OWNER || credential == Credential.OWNER_OR_AGENT;
        if (credential == Credential.NONE) {
            return;
        }
        if (ownerRoute && owner != null) {
            headers.put("Authorization", "Bearer " + owner.expose());
            return;
        }
        if (credential == Credential.OWNER && !backend.options().apiKeyForOwnerRoutes) {
            throw new ConfigurationException("owner_jwt.missing", "this route needs the owner's JWT");
        }
        headers.put("Authorization", "Bearer " + backend.options().apiKey.expose());
        headers.put("X-API-Key", backend.options().apiKey.expose());
    }

    /** Method and path. */
    @Override
    public String toString() {
        return method + " /" + String.join("/", segments);
    }
}
