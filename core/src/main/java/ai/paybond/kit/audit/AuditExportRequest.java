package ai.paybond.kit.audit;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An export to be ordered. Immutable; each method returns a changed copy.
 *
 * @param timeStart what was recorded from then on, that moment included; from the beginning by default
 * @param timeEnd what was recorded until then, that moment excluded; until now by default
 * @param intentId what was recorded of this intent; of all by default
 * @param caseId what was recorded of this case; of all by default
 * @param operatorDid what was recorded of this operator; of all by default
 * @param includes what else to gather, such as {@code signal} and {@code disputes}; nothing by default
 * @param tier how much is disclosed; {@link Tier#STANDARD} by default
 * @param retentionHours how long the bundle is kept, 1 to 720; the server's default, a week, when absent
 */
public record AuditExportRequest(
        @Nullable Instant timeStart,
        @Nullable Instant timeEnd,
        @Nullable String intentId,
        @Nullable String caseId,
        @Nullable String operatorDid,
        List<String> includes,
        Tier tier,
        @Nullable Integer retentionHours) {
    private static final int LONGEST_RETENTION = 720;

    /** How much an export discloses. */
    public enum Tier {
        /** What auditors usually need. */
        STANDARD,
        /** More of what was handed in as evidence. */
        EXTENDED
    }

    /** @throws ConfigurationException {@code audit.retention} or {@code audit.time_range} */
    public AuditExportRequest {
        includes = List.copyOf(includes);
        if (retentionHours != null && (retentionHours < 1 || retentionHours > LONGEST_RETENTION)) {
            throw new ConfigurationException("audit.retention", "a bundle is kept for 1 to 720 hours");
        }
        if (timeStart != null && timeEnd != null && !timeStart.isBefore(timeEnd)) {
            throw new ConfigurationException("audit.time_range", "an export starts before it ends");
        }
    }

    /** Everything, at the standard tier. */
    public static AuditExportRequest everything() {
        return new AuditExportRequest(null, null, null, null, null, List.of(), Tier.STANDARD, null);
    }

    /** What was recorded from {@code start}, included, to {@code end}, excluded. */
    public AuditExportRequest between(Instant start, Instant end) {
        return new AuditExportRequest(start, end, intentId, caseId, operatorDid, includes, tier, retentionHours);
    }

    /** What was recorded of this intent. */
    public AuditExportRequest ofIntent(String id) {
        return new AuditExportRequest(timeStart, timeEnd, id, caseId, operatorDid, includes, tier, retentionHours);
    }

    /** What was recorded of this case. */
    public AuditExportRequest ofCase(String id) {
        return new AuditExportRequest(timeStart, timeEnd, intentId, id, operatorDid, includes, tier, retentionHours);
    }

    /** What was recorded of this operator. */
    public AuditExportRequest ofOperator(String did) {
        return new AuditExportRequest(timeStart, timeEnd, intentId, caseId, did, includes, tier, retentionHours);
    }

    /** With this gathered too. */
    public AuditExportRequest including(String... kinds) {
        return new AuditExportRequest(
                timeStart, timeEnd, intentId, caseId, operatorDid, List.of(kinds), tier, retentionHours);
    }

    /** Disclosing this much. */
    public AuditExportRequest atTier(Tier wanted) {
        return new AuditExportRequest(
                timeStart, timeEnd, intentId, caseId, operatorDid, includes, wanted, retentionHours);
    }

    /** Kept for so long. */
    public AuditExportRequest keptForHours(int hours) {
        return new AuditExportRequest(timeStart, timeEnd, intentId, caseId, operatorDid, includes, tier, hours);
    }

    JsonObject body() {
        JsonObject filter = JsonObject.builder()
                .putIfPresent("time_start", timeStart == null ? null : timeStart.toString())
                .putIfPresent("time_end", timeEnd == null ? null : timeEnd.toString())
                .putIfPresent("intent_id", intentId)
                .putIfPresent("case_id", caseId)
                .putIfPresent("operator_did", operatorDid)
                .putIfPresent("includes", includes.isEmpty() ? null : includes)
                .build();
        return JsonObject.builder()
                .put("filter", filter)
                .put("disclosure_tier", tier.name().toLowerCase(Locale.ROOT))
                .putIfPresent("retention_hours", retentionHours)
                .build();
    }
}
