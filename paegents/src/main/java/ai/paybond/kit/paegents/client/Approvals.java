package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests of the agent that wait for its owner; needs the owner's word. Thread-safe. */
public final class Approvals {
    private final Backend backend;

    Approvals(Backend backend) {
        this.backend = backend;
    }

    /** One request. */
    public record Approval(String id, JsonObject raw) {
        static Approval of(JsonObject raw) {
            return new Approval(Members.required(raw, "id"), raw);
        }

        /** Such as {@code pending}, {@code approved} or {@code rejected}. */
        public String status() {
            return raw.string("status").orElse("unknown");
        }

        public Optional<Long> amountCents() {
            return Members.integer(raw, "amount_cents");
        }
    }

    /** SDK: {@code list_approvals}, the first fifty. */
    public List<Approval> list(@Nullable String status) {
        return list(status, 50);
    }

    /**
     * SDK: {@code list_approvals}.
     *
     * @param status such as {@code pending}, or null for all
     */
    public List<Approval> list(@Nullable String status, int limit) {
        JsonObject reply = backend.get("agents", backend.agentId(), "approvals")
                .asOwner()
                .query("status", status)
                .query("limit", limit)
                .object();
        return Members.objects(reply, "approvals", Approval::of);
    }

    /** SDK: {@code approve_approval}. */
    public void approve(String requestId) {
        backend.post("agents", backend.agentId(), "approvals", requestId, "approve")
                .asOwner()
                .anything();
    }

    /** SDK: {@code reject_approval}. */
    public void reject(String requestId, @Nullable String reason) {
        backend.post("agents", backend.agentId(), "approvals", requestId, "reject")
                .asOwner()
                .query("reason", reason)
                .anything();
    }
}
