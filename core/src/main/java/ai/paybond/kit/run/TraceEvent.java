package ai.paybond.kit.run;

import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a run. Its members are those of the Paybond kits, in camel case; see {@link Type}.
 *
 * @param type what happened
 * @param toolCallId in which call
 * @param operation the call's operation
 * @param recordedAt when, RFC 3339 with milliseconds
 * @param members what else there is to say; neither secrets nor arguments belong here
 */
public record TraceEvent(String type, String toolCallId, String operation, String recordedAt, JsonObject members) {
    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** What the Paybond kits report, with the members of each. */
    public enum Type {
        /** {@code toolName}. */
        TOOL_SELECTED,
        /** {@code auditId}, {@code decisionId}, {@code amountCents}. */
        SPEND_AUTHORIZED,
        /** {@code message}, {@code auditId}, {@code code}. */
        SPEND_DENIED,
        /** {@code message}, {@code auditId}, {@code code}. */
        APPROVAL_REQUIRED,
        /** {@code durationMs}. */
        TOOL_EXECUTED,
        /** {@code status}. */
        SPEND_FINALIZED,
        /** {@code evidenceId}, {@code presetId}, {@code sandboxLifecycleStatus}, {@code predicatePassed}. */
        EVIDENCE_SUBMITTED
    }

    public TraceEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(toolCallId, "toolCallId");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(members, "members");
    }

    /** An event of a call. */
    public static TraceEvent of(Type type, String toolCallId, String operation, Instant at) {
        return new TraceEvent(
                type.name().toLowerCase(Locale.ROOT),
                toolCallId,
                operation,
                MILLISECONDS.format(at),
                JsonObject.builder().build());
    }

    /** Saying this too; null says nothing. */
    public TraceEvent with(String member, @Nullable Object value) {
        return value == null
                ? this
                : new TraceEvent(type, toolCallId, operation, recordedAt, members.with(member, value));
    }

    JsonObject json(String runId) {
        return JsonObject.builder()
                .put("type", type)
                .put("runId", runId)
                .put("toolCallId", toolCallId)
                .put("operation", operation)
                .putAll(members)
                .put("recordedAt", recordedAt)
                .build();
    }

    static TraceEvent of(Reply reply) {
        return new TraceEvent(
                reply.string("type"),
                reply.optionalString("toolCallId").orElse(""),
                reply.optionalString("operation").orElse(""),
                reply.optionalString("recordedAt").orElse(""),
                reply.json()
                        .without("type")
                        .without("runId")
                        .without("toolCallId")
                        .without("operation")
                        .without("recordedAt"));
    }
}
