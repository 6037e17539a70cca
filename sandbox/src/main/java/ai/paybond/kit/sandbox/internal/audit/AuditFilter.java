package ai.paybond.kit.sandbox.internal.audit;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which records an export takes: those of one intent or of all, recorded from {@code start}, included, to {@code end},
 * excluded, and which kinds beside the ledger.
 */
record AuditFilter(Optional<String> intentId, Optional<Instant> start, Optional<Instant> end, List<String> includes) {

    /** @throws ApiException 400 for a filter that makes no sense */
    static AuditFilter of(JsonObject filter) {
        Members members = new Members(filter);
        return new AuditFilter(
                members.optionalText("intent_id").map(id -> id.toLowerCase(Locale.ROOT)),
                time(members, "time_start"),
                time(members, "time_end"),
                members.texts("includes"));
    }

    private static Optional<Instant> time(Members members, String name) {
        try {
            return members.optionalText(name)
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw ApiException.invalid(name + " must be an RFC 3339 date-time.");
        }
    }

    boolean includes(String kind) {
        return includes.contains(kind);
    }

    boolean takes(JsonObject record, Instant at) {
        return (intentId.isEmpty() || record.string("intent_id").equals(intentId))
                && start.filter(at::isBefore).isEmpty()
                && end.filter(limit -> !at.isBefore(limit)).isEmpty();
    }
}
