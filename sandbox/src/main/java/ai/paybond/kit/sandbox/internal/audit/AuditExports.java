package ai.paybond.kit.sandbox.internal.audit;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.DocumentStore.Document;
import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that gather a tenant's records. A job is pending when it is made and done when it is first looked at, so that
 * clients have to ask twice. Bundles are kept for the job's retention, from 1 to 720 hours.
 */
public final class AuditExports {
    private static final long DEFAULT_HOURS = 168;
    private static final long MAX_HOURS = 720;
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);
    private static final Set<String> TIERS = Set.of("standard", "extended");

    private final DocumentStore documents;
    private final Ledger ledger;
    private final Signer gateway;
    private final Clock clock;

    public AuditExports(DocumentStore documents, Ledger ledger, Signer gateway, Clock clock) {
        this.documents = documents;
        this.ledger = ledger;
        this.gateway = gateway;
        this.clock = clock;
    }

    JsonObject create(Session session, String tenantId, JsonObject body) {
        Members members = new Members(body);
        String tier = members.optionalText("disclosure_tier").orElse("standard");
        if (!TIERS.contains(tier)) {
            throw ApiException.invalid("disclosure_tier must be standard or extended.");
        }
        long hours = members.optionalInteger("retention_hours").orElse(DEFAULT_HOURS);
        if (hours < 1 || hours > MAX_HOURS) {
            throw ApiException.invalid("retention_hours must be 1 to 720.");
        }
        JsonObject filter = members.optionalObject("filter")
                .orElseGet(() -> JsonObject.builder().build());
        AuditFilter.of(filter);
        String id = UUID.randomUUID().toString();
        JsonObject job = JsonObject.builder()
                .put("id", id)
                .put("status", "pending")
                .put("tenant_realm_id", tenantId)
                .put("disclosure_tier", tier)
                .put("created_at", text(clock.instant()))
                .put("expires_at", text(clock.instant().plus(Duration.ofHours(hours))))
                .put("error", "")
                .put("filter", filter)
                .build();
        return put(session, tenantId, id, job);
    }

    /** The job, done by now, and expired when its time has come. */
    JsonObject find(Session session, String tenantId, String id) {
        JsonObject job =
                documents.find(session, tenantId, DocumentKind.AUDIT_EXPORT, id).orElseThrow(ApiException::notFound);
        if (isExpired(job)) {
            return job.with("status", "expired").without("bundle");
        }
        return job.string("status").orElse("").equals("pending")
                ? put(session, tenantId, id, gather(session, tenantId, job))
                : job;
    }

    List<JsonObject> page(Session session, String tenantId, @Nullable String cursor, int limit) {
        long after = cursor == null ? 0 : position(cursor);
        return documents.after(session, tenantId, DocumentKind.AUDIT_EXPORT, after, limit).stream()
                .map(document -> document.body().with("cursor", Long.toString(document.position())))
                .toList();
    }

    private static long position(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw ApiException.invalid("cursor is not one that was given out.");
        }
    }

    void delete(Session session, String tenantId, String id) {
        if (!documents.remove(session, tenantId, DocumentKind.AUDIT_EXPORT, id)) {
            throw ApiException.notFound();
        }
    }

    /** A token that downloads this bundle, for a quarter of an hour. */
    JsonObject issueToken(Session session, String tenantId, JsonObject job) {
        String token = "dl_" + UUID.randomUUID() + UUID.randomUUID();
        String expires = text(clock.instant().plus(TOKEN_LIFE));
        JsonObject kept = job.with("token", token).with("download_token_expires", expires);
        put(session, tenantId, job.string("id").orElseThrow(), kept);
        return kept.with("download_token", token);
    }

    /** The bundle that the token opens; empty when it opens none. @throws ApiException 410 when it is too late */
    Optional<byte[]> download(Session session, String id, String token) {
        Optional<JsonObject> job = documents
                .findAnywhere(session, DocumentKind.AUDIT_EXPORT, id)
                .map(Document::body)
                .filter(found -> found.string("token").filter(token::equals).isPresent());
        if (job.filter(found -> isExpired(found) || hasPassed(found, "download_token_expires"))
                .isPresent()) {
            throw ApiException.flat(410, "gone", "The export or its download token has expired.");
        }
        return job.flatMap(found -> found.string("bundle")).map(Base64.getDecoder()::decode);
    }

    private boolean isExpired(JsonObject job) {
        return hasPassed(job, "expires_at");
    }

    private boolean hasPassed(JsonObject job, String member) {
        return !clock.instant().isBefore(Instant.parse(job.string(member).orElseThrow()));
    }

    private JsonObject gather(Session session, String tenantId, JsonObject job) {
        JsonObject filter = job.object("filter").orElseThrow();
        List<LedgerRow> rows = ledger.all(session, tenantId);
        Map<String, String> files = files(session, tenantId, AuditFilter.of(filter), rows);
        JsonObject head = JsonObject.builder()
                .put("schema_version", 1)
                .put("kind", "paybond.audit_export_manifest_v1")
                .put("tenant_realm_id", tenantId)
                .put("job_id", job.get("id"))
                .put("generated_at_rfc3339", text(clock.instant()))
                .put("gateway_build_version", "sandbox")
                .put("score_model_version", "1.0")
                .put("disclosure_tier", job.get("disclosure_tier"))
                .put("redaction_profile", "none")
                .putIfPresent("checkpoint_last_ledger_seq", rows.isEmpty() ? null : rows.size())
                .put("export_filter", filter)
                .build();
        AuditBundle bundle = AuditBundle.of(head, files, gateway);
        byte[] zip = bundle.zip();
        return job.with("status", "ready")
                .with("manifest_sha256", bundle.manifestDigest())
                .with("bundle_sha256", Digest32.sha256(zip).hex())
                .with("bundle_size_bytes", zip.length)
                .with("bundle", Base64.getEncoder().encodeToString(zip));
    }

    private Map<String, String> files(Session session, String tenantId, AuditFilter filter, List<LedgerRow> rows) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(
                "ledger.json",
                array(rows.stream()
                        .filter(row -> filter.takes(JsonObject.parse(row.event()), at(row)))
                        .map(Ledger::view)
                        .toList()));
        files.put(
                "agent_receipts.json",
                documents(
                        session,
                        tenantId,
                        DocumentKind.AGENT_RECEIPT,
                        (receipt, at) ->
                                filter.takes(receipt.object("references").orElse(receipt), at)));
        if (filter.includes("disputes")) {
            files.put("disputes.json", documents(session, tenantId, DocumentKind.DISPUTE, filter::takes));
        }
        if (filter.includes("signal")) {
            files.put("review_events.json", documents(session, tenantId, DocumentKind.REVIEW_EVENT, filter::takes));
        }
        return files;
    }

    private String documents(
            Session session, String tenantId, DocumentKind kind, BiPredicate<JsonObject, Instant> taken) {
        return array(documents.all(session, tenantId, kind).stream()
                .filter(document -> taken.test(document.body(), document.storedAt()))
                .map(Document::body)
                .toList());
    }

    private static Instant at(LedgerRow row) {
        return Instant.EPOCH.plusNanos(row.timestampNanos());
    }

    private static String array(List<JsonObject> items) {
        return JsonArray.of(items).toJson();
    }

    private JsonObject put(Session session, String tenantId, String id, JsonObject job) {
        documents.put(session, tenantId, DocumentKind.AUDIT_EXPORT, id, job, clock.instant());
        return job;
    }

    private static String text(Instant at) {
        return DateTimeFormatter.ISO_INSTANT.format(at);
    }
}
