package ai.paybond.kit.sandbox.internal.audit;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which records an export takes: those of one intent or of all, and which kinds beside the ledger. */
record AuditFilter(Optional<String> intentId, List<String> includes) {

    /** @throws ApiException 400 for a filter that makes no sense */
    static AuditFilter of(JsonObject filter) {
        Members members = new Members(filter);
        for (String name : List.of("time_start", "time_end")) {
            members.optionalText(name).ifPresent(text -> requireTime(name, text));
        }
        return new AuditFilter(
                members.optionalText("intent_id").map(id -> id.toLowerCase(Locale.ROOT)), members.texts("includes"));
    }

    private static void requireTime(String name, String text) {
        try {
            OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw ApiException.invalid(name + " must be an RFC 3339 date-time.");
        }
    }

    boolean includes(String kind) {
        return includes.contains(kind);
    }

    boolean takes(JsonObject record) {
        return intentId.isEmpty() || record.string("intent_id").equals(intentId);
    }
}
