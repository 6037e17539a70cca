package ai.paybond.kit.paegents.webhook;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** A webhook that was signed with the subscription's secret. Types and payloads are not documented: expect any. */
public final class VerifiedWebhook {
    /** The request attribute under which {@link WebhookFilter} and {@link WebhookInterceptor} leave it. */
    public static final String ATTRIBUTE = "ai.paybond.kit.paegents.webhook";

    private final Instant signedAt;
    private final byte[] body;

    VerifiedWebhook(Instant signedAt, byte[] body) {
        this.signedAt = signedAt;
        this.body = body.clone();
    }

    public Instant signedAt() {
        return signedAt;
    }

    /** The bytes that were signed. */
    public byte[] body() {
        return body.clone();
    }

    /** The event; empty if the body is no JSON object. */
    public Optional<JsonObject> event() {
        try {
            return Optional.of(JsonObject.parse(body));
        } catch (WireException e) {
            return Optional.empty();
        }
    }

    /** Such as {@code agreement.activated}. */
    public Optional<String> type() {
        return event().flatMap(event -> event.string("type"));
    }

    /** The size only. */
    @Override
    public String toString() {
        return "VerifiedWebhook[signedAt=" + signedAt + ", bytes=" + body.length + "]";
    }
}
