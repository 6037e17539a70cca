package ai.paybond.kit.audit;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An export that was ordered.
 *
 * @param jobId names it
 * @param status how far it is
 * @param disclosureTier {@code standard} or {@code extended}
 * @param createdAt when it was ordered, RFC 3339; absent when that is not said
 * @param expiresAt when it will be deleted, RFC 3339
 * @param bundleSha256 the digest of the bundle; absent until there is one
 * @param bundleBytes the size of the bundle, in bytes; absent until there is one
 * @param raw the whole job, without its download token
 */
public record AuditExport(
        String jobId,
        Status status,
        String disclosureTier,
        @Nullable String createdAt,
        String expiresAt,
        @Nullable Digest32 bundleSha256,
        @Nullable Long bundleBytes,
        JsonObject raw) {

    /** How far an export is. */
    public enum Status {
        /** It is being gathered, or is in a state that this kit does not know. */
        PENDING,
        /** Its bundle can be fetched. */
        READY,
        /** It could not be gathered. */
        FAILED,
        /** It was kept for long enough. */
        EXPIRED,
        /** It was deleted. */
        DELETED;

        /** Whether it will stay like this. */
        public boolean isFinal() {
            return this != PENDING;
        }

        static Status of(String text) {
            for (Status status : values()) {
                if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return status;
                }
            }
            return PENDING;
        }
    }

    static AuditExport of(Reply job) {
        return new AuditExport(
                job.optionalString("id").filter(id -> !id.isBlank()).orElseGet(() -> job.string("job_id")),
                Status.of(job.string("status")),
                job.string("disclosure_tier"),
                job.optionalString("created_at").filter(text -> !text.isEmpty()).orElse(null),
                job.string("expires_at"),
                digest(job),
                job.optionalLong("bundle_size_bytes").orElse(null),
                job.json().without("download_token"));
    }

    /** Not known yet is an empty text. */
    private static @Nullable Digest32 digest(Reply job) {
        String text = job.optionalString("bundle_sha256").orElse("");
        try {
            return text.isEmpty() ? null : Digest32.ofHex(text);
        } catch (WireException e) {
            throw job.wrongType("bundle_sha256", "64 hexadecimal digits");
        }
    }

    PaybondException notReady() {
        String code = status.isFinal() ? status.name().toLowerCase(Locale.ROOT) : "not_ready";
        return new PaybondException(
                "audit." + code, "the audit export is " + status.name().toLowerCase(Locale.ROOT));
    }
}
