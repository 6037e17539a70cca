package ai.paybond.kit.paegents.client;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Usage agreements. Every write goes under an idempotency key: accepting under one per agreement, rejecting under one per
 * agreement and wording, the others under the caller's own or one drawn for the call. Thread-safe.
 */
public final class Agreements {
    private final Backend backend;

    Agreements(Backend backend) {
        this.backend = backend;
    }

    /**
     * Use to be recorded.
     *
     * @param units used since the last record
     * @param completed whether nothing more will be used
     * @param proof what shows it, if anything does
     */
    public record Usage(
            long units, boolean completed, @Nullable JsonObject proof) {
        /** @throws IllegalArgumentException for a negative number */
        public Usage {
            if (units < 0) {
                throw new IllegalArgumentException("units are not negative");
            }
        }

        /** So many more units, without proof. */
        public static Usage of(long units) {
            return new Usage(units, false, null);
        }

        JsonObject toJson() {
            return JsonObject.builder()
                    .put("units_used", units)
                    .put("completed", completed)
                    .putIfPresent("usage_proof", proof)
                    .build();
        }
    }

    /**
     * Why a seller declines, and what it would accept instead.
     *
     * @param suggestedTotalCents in cents
     */
    public record Rejection(
            @Nullable String reason,
            List<JsonObject> suggestedCartItems,
            @Nullable Long suggestedTotalCents) {
        public Rejection {
            suggestedCartItems = List.copyOf(suggestedCartItems);
        }

        JsonObject toJson() {
            return JsonObject.builder()
                    .putIfPresent("reason", reason)
                    .putIfPresent(
                            "suggested_cart_items",
                            suggestedCartItems.isEmpty() ? null : JsonArray.of(suggestedCartItems))
                    .putIfPresent("suggested_total_cents", suggestedTotalCents)
                    .build();
        }
    }

    /**
     * SDK: {@code create_usage_agreement}.
     *
     * @return the agreement, or that the owner has to approve it first
     * @throws PolicyDeniedException if the owner's policy forbids it
     */
    public Submission<Agreement> create(AgreementRequest request) {
        String key = request.proposalId()
                .map(id -> "agree:" + id)
                .orElseGet(() -> "agree:" + backend.freshId().toString().replace("-", ""));
        JsonObject reply =
                backend.post("usage-agreements").json(request.toJson()).key(key).object();
        return Mandates.submission(reply, Agreement::of);
    }

    /** SDK: {@code get_usage_agreement}. */
    public Agreement get(String agreementId) {
        return Agreement.of(backend.get("usage-agreements", agreementId).object());
    }

    /**
     * SDK: {@code list_usage_agreements}.
     *
     * @param role {@code buyer} or {@code seller}, or null for both
     * @param status null for any
     */
    public List<Agreement> list(@Nullable String role, @Nullable String status, int limit) {
        return Members.objects(
                backend.get("usage-agreements", "agents", backend.agentId(), "agreements")
                        .query("role", role)
                        .query("status", status)
                        .query("limit", limit)
                        .array(),
                Agreement::of);
    }

    /** SDK: {@code accept_usage_agreement}. */
    public Agreement accept(String agreementId) {
        backend.put("usage-agreements", agreementId, "accept")
                .key("accept:" + agreementId)
                .anything();
        return get(agreementId);
    }

    /** SDK: {@code reject_usage_agreement}. */
    public void reject(String agreementId) {
        reject(agreementId, new Rejection(null, List.of(), null));
    }

    /** SDK: {@code reject_usage_agreement_with_suggestions}. */
    public void reject(String agreementId, Rejection rejection) {
        JsonObject body = rejection.toJson();
        backend.put("usage-agreements", agreementId, "reject")
                .json(body)
                .key("reject:" + agreementId + ":" + fingerprint(body))
                .anything();
    }

    /** SDK: {@code record_usage}, under a key drawn for this call. */
    public Agreement recordUsage(String agreementId, Usage usage) {
        return recordUsage(agreementId, usage, null);
    }

    /**
     * SDK: {@code record_usage}.
     *
     * @param idempotencyKey a key that outlives this process, so that use is counted once however often it is recorded
     */
    public Agreement recordUsage(String agreementId, Usage usage, @Nullable String idempotencyKey) {
        return Agreement.of(backend.post("usage-agreements", agreementId, "record-usage")
                .json(usage.toJson())
                .key(idempotencyKey)
                .object());
    }

    /** SDK: {@code cancel_usage_agreement}; the buyer's, while it is only proposed. */
    public Agreement cancel(String agreementId) {
        return Agreement.of(
                backend.post("usage-agreements", agreementId, "cancel").object());
    }

    /**
     * SDK: {@code dispute_usage_agreement}; the buyer's.
     *
     * @param reason at least ten characters
     */
    public Agreement dispute(String agreementId, String reason, @Nullable JsonObject evidence) {
        JsonObject body = JsonObject.builder()
                .put("reason", reason)
                .putIfPresent("evidence", evidence)
                .build();
        return Agreement.of(backend.post("usage-agreements", agreementId, "dispute")
                .json(body)
                .object());
    }

    /** SDK: {@code update_delivery}; the seller's. Which members Paegents knows is not documented. */
    public Agreement updateDelivery(String agreementId, JsonObject delivery) {
        return Agreement.of(backend.patch("usage-agreements", agreementId, "delivery")
                .json(delivery)
                .object());
    }

    /** Equal for equal wording, so that another rejection is not answered with the first one's reply. */
    private static String fingerprint(JsonObject body) {
        return Digest32.sha256(body.toJson().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 16);
    }
}
