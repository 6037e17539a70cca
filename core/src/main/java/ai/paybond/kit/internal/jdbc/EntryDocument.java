package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.evidence.EvidenceContext;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceSeal;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.journal.Authorization;
import ai.paybond.kit.journal.CallFacts;
import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.HeldCall;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.journal.Postponement;
import ai.paybond.kit.journal.SpendStatus;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry's members that have no column of their own, as one JSON document. Texts are escaped in it, so that no store
 * has to know what authorities and tools write into them; money is decimal text, since JSON numbers are not exact
 * everywhere; the payload is text too, so that its depth is its own. Signed bytes are not in it: they have their own column and are never encoded.
 */
final class EntryDocument {
    /** What is stored was bounded before, and must be readable whatever the bound was. */
    private static final JsonLimits LIMITS = new JsonLimits(Integer.MAX_VALUE, 512, JsonLimits.DuplicateKeys.REFUSE);

    private EntryDocument() {}

    /** What a row has beside the document. */
    record Columns(
            CallKey key,
            int attempt,
            int revision,
            CallState state,
            Instant changedAt,
            @Nullable String signedBody) {}

    static String write(JournalEntry entry) {
        return JsonObject.builder()
                .put("facts", facts(entry.facts()))
                .put("spend", entry.spend().name())
                .put("evidence", entry.evidence().name())
                .put("authorization", entry.authorization().name())
                .putIfPresent("audit_id", entry.auditId())
                .putIfPresent("decision_id", entry.decisionId())
                .putIfPresent("reason_code", entry.reasonCode())
                .putIfPresent("held", held(entry.held()))
                .putIfPresent("envelope", envelope(entry.envelope()))
                .putIfPresent("receipt", receipt(entry.receipt()))
                .putIfPresent("postponement", postponement(entry.postponement()))
                .putIfPresent("runner", entry.runner())
                .putIfPresent("finished_at", instantText(entry.finishedAt()))
                .build()
                .toJson();
    }

    /** @throws RuntimeException when the document is not one that {@link #write} made */
    static JournalEntry read(String document, Columns columns) {
        JsonObject json = JsonObject.parse(document, LIMITS);
        return new JournalEntry(
                columns.key,
                facts(object(json, "facts")),
                columns.attempt,
                columns.revision,
                columns.state,
                SpendStatus.valueOf(text(json, "spend")),
                EvidenceStatus.valueOf(text(json, "evidence")),
                Authorization.valueOf(text(json, "authorization")),
                json.string("audit_id").orElse(null),
                json.string("decision_id").orElse(null),
                json.string("reason_code").orElse(null),
                json.object("held").map(EntryDocument::held).orElse(null),
                json.object("envelope")
                        .map(envelope -> envelope(envelope, columns.signedBody))
                        .orElse(null),
                json.object("receipt").map(EntryDocument::receipt).orElse(null),
                json.object("postponement").map(EntryDocument::postponement).orElse(null),
                json.string("runner").orElse(null),
                json.string("finished_at").map(Instant::parse).orElse(null),
                columns.changedAt);
    }

    private static JsonObject facts(CallFacts facts) {
        return JsonObject.builder()
                .put("tenant_id", facts.tenantId())
                .put("tool_name", facts.toolName())
                .put("operation", facts.operation())
                .put("call_digest", facts.callDigest())
                .put("spend_cents", Long.toString(facts.spendCents()))
                .build();
    }

    private static CallFacts facts(JsonObject json) {
        return new CallFacts(
                text(json, "tenant_id"),
                text(json, "tool_name"),
                text(json, "operation"),
                text(json, "call_digest"),
                Long.parseLong(text(json, "spend_cents")));
    }

    private static @Nullable JsonObject envelope(@Nullable EvidenceEnvelope envelope) {
        if (envelope == null) {
            return null;
        }
        return JsonObject.builder()
                .put("context", context(envelope.context()))
                .put("payload", envelope.payload().toJson())
                .put("payload_digest", envelope.payloadDigestHex())
                .put("submitted_at", envelope.submittedAt())
                .put("seal", envelope.seal().name())
                .build();
    }

    private static EvidenceEnvelope envelope(JsonObject json, @Nullable String signedBody) {
        return new EvidenceEnvelope(
                context(object(json, "context")),
                JsonObject.parse(text(json, "payload"), LIMITS),
                text(json, "payload_digest"),
                text(json, "submitted_at"),
                EvidenceSeal.valueOf(text(json, "seal")),
                signedBody);
    }

    private static JsonObject context(EvidenceContext context) {
        return JsonObject.builder()
                .put("tenant_id", context.tenantId())
                .put("intent_id", context.intentId())
                .put("call_id", context.callId())
                .put("tool_name", context.toolName())
                .put("operation", context.operation())
                .put("spend_cents", Long.toString(context.spendCents()))
                .putIfPresent("decision_id", context.decisionId())
                .put("idempotency_key", context.idempotencyKey())
                .build();
    }

    private static EvidenceContext context(JsonObject json) {
        return new EvidenceContext(
                text(json, "tenant_id"),
                text(json, "intent_id"),
                text(json, "call_id"),
                text(json, "tool_name"),
                text(json, "operation"),
                Long.parseLong(text(json, "spend_cents")),
                json.string("decision_id").orElse(null),
                text(json, "idempotency_key"));
    }

    private static @Nullable JsonObject receipt(@Nullable DeliveryReceipt receipt) {
        if (receipt == null) {
            return null;
        }
        return JsonObject.builder()
                .putIfPresent("state", receipt.state())
                .putIfPresent("predicate_passed", receipt.predicatePassed())
                .build();
    }

    private static DeliveryReceipt receipt(JsonObject json) {
        return new DeliveryReceipt(
                json.string("state").orElse(null), json.bool("predicate_passed").orElse(null));
    }

    private static @Nullable JsonObject held(@Nullable HeldCall held) {
        if (held == null) {
            return null;
        }
        return JsonObject.builder()
                .putIfPresent("approval_request_id", held.approvalRequestId())
                .put("arguments", held.argumentsJson())
                .put("held_at", held.heldAt().toString())
                .putIfPresent("expires_at", instantText(held.expiresAt()))
                .putIfPresent("words", held.words())
                .build();
    }

    private static HeldCall held(JsonObject json) {
        return new HeldCall(
                json.string("approval_request_id").orElse(null),
                text(json, "arguments"),
                Instant.parse(text(json, "held_at")),
                json.string("expires_at").map(Instant::parse).orElse(null),
                json.string("words").orElse(null));
    }

    private static @Nullable JsonObject postponement(@Nullable Postponement postponement) {
        if (postponement == null) {
            return null;
        }
        return JsonObject.builder()
                .put("failures", Integer.toString(postponement.failures()))
                .put("since", postponement.since().toString())
                .put("until", postponement.until().toString())
                .put("reason_code", postponement.reasonCode())
                .build();
    }

    private static Postponement postponement(JsonObject json) {
        return new Postponement(
                Integer.parseInt(text(json, "failures")),
                Instant.parse(text(json, "since")),
                Instant.parse(text(json, "until")),
                text(json, "reason_code"));
    }

    private static @Nullable String instantText(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String text(JsonObject json, String name) {
        return present(json.string(name), name);
    }

    private static JsonObject object(JsonObject json, String name) {
        return present(json.object(name), name);
    }

    private static <T> T present(Optional<T> member, String name) {
        return member.orElseThrow(() -> new IllegalStateException("an entry without " + name));
    }
}
