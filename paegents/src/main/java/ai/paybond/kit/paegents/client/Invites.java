package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invitations: three per sender and recipient, one in 30 minutes, good for 14 days. Thread-safe. */
public final class Invites {
    private final Backend backend;

    Invites(Backend backend) {
        this.backend = backend;
    }

    /** Invites somebody by e-mail. */
    public JsonObject send(String email, @Nullable String comment) {
        JsonObject body = JsonObject.builder()
                .put("email", email)
                .putIfPresent("comment", comment)
                .build();
        return backend.post("invites").asOwnerOrAgent().json(body).object();
    }

    /** The invitations that were sent. */
    public List<JsonObject> list() {
        return Members.objects(backend.get("invites").asOwnerOrAgent().object(), "invites", invite -> invite);
    }

    /** An invitation by its token; needs no credential and sends none. */
    public JsonObject get(String token) {
        return backend.get("invites", token).open().object();
    }

    /** Accepts an invitation; needs the owner's word. */
    public JsonObject accept(String token) {
        return backend.post("invites", token, "accept").asOwner().anything();
    }
}
