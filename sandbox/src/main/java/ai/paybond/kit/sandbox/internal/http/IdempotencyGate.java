package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.internal.store.RequestStore;
import ai.paybond.kit.sandbox.internal.store.RequestStore.StoredReply;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a write with an {@code idempotency-key} count once per tenant and operation. The same key with the same method,
 * path and raw body answers as it did the first time; with anything else it is a conflict. Kept for 24 hours.
 */
public final class IdempotencyGate {
    private static final Duration KEPT = Duration.ofHours(24);

    private final RequestStore requests;
    private final Clock clock;

    public IdempotencyGate(RequestStore requests, Clock clock) {
        this.requests = requests;
        this.clock = clock;
    }

    Optional<String> key(Request request) {
        Optional<String> key = request.header("idempotency-key").map(String::strip);
        key.filter(text -> text.isEmpty() || text.length() > Limits.IDEMPOTENCY_KEY_CHARS)
                .ifPresent(text -> {
                    throw ApiException.invalid("idempotency-key must have 1 to 256 characters.");
                });
        return key;
    }

    Optional<Reply> replay(Route route, Request request, Caller caller, String key, Session session) {
        Optional<StoredReply> stored = requests.reply(
                session,
                caller.tenantId(),
                route.name().name(),
                key,
                clock.instant().minus(KEPT));
        if (stored.isPresent() && !stored.get().fingerprint().equals(fingerprint(request))) {
            throw ApiException.nested(
                    409, "idempotency.conflict", "The idempotency key was used with another request.");
        }
        return stored.map(IdempotencyGate::reply);
    }

    void keep(Route route, Request request, Caller caller, String key, Reply reply, Session session) {
        StoredReply stored = new StoredReply(
                fingerprint(request),
                reply.status(),
                JsonObject.of(reply.headers()).toJson(),
                reply.body().toJson());
        requests.keepReply(session, caller.tenantId(), route.name().name(), key, stored, clock.instant());
    }

    private static Reply reply(StoredReply stored) {
        Map<String, String> headers = new LinkedHashMap<>();
        JsonObject texts = JsonObject.parse(stored.headers());
        texts.members().keySet().forEach(name -> texts.string(name).ifPresent(value -> headers.put(name, value)));
        return new Reply(stored.status(), JsonObject.parse(stored.body()), headers);
    }

    private static String fingerprint(Request request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((request.method() + "\n" + request.path() + "\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(request.body());
        return Digest32.sha256(bytes.toByteArray()).hex();
    }
}
