package ai.paybond.kit.guard;

import ai.paybond.kit.evidence.EvidenceContext;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.EvidenceMapping;
import ai.paybond.kit.evidence.EvidenceMapping.Mapped;
import ai.paybond.kit.evidence.EvidenceMapping.Unmapped;
import ai.paybond.kit.evidence.EvidenceSeal;
import ai.paybond.kit.evidence.EvidenceSealer;
import ai.paybond.kit.evidence.EvidenceStatus;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what a tool returned: maps it, fixes the time, and has it signed once. Never throws. */
final class EvidenceScribe {
    private static final Logger log = LoggerFactory.getLogger(EvidenceScribe.class);
    private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final EvidenceSealer sealer;
    private final Clock clock;

    EvidenceScribe(EvidenceSealer sealer, Clock clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    JournalEntry executed(JournalEntry started, ResolvedCall call, Supplier<@Nullable Object> result) {
        Instant now = clock.instant();
        EvidenceMapper mapper = call.tool().evidence();
        if (mapper == null) {
            return started.executedWithout(EvidenceStatus.NONE, null, now);
        }
        EvidenceMapping mapping = map(mapper, call, result);
        if (mapping instanceof Mapped mapped) {
            return written(started, mapped.payload(), now);
        }
        String reason = mapping instanceof Unmapped unmapped ? unmapped.reason() : "mapper.failed";
        return started.executedWithout(EvidenceStatus.UNMAPPED, reason, now);
    }

    /** A call in doubt turned out to have happened, as a person or the vendor says. */
    JournalEntry settled(JournalEntry doubtful, @Nullable JsonObject payload) {
        Instant now = clock.instant();
        return payload == null
                ? doubtful.executedWithout(EvidenceStatus.NONE, null, now)
                : written(doubtful, payload, now);
    }

    private static @Nullable EvidenceMapping map(
            EvidenceMapper mapper, ResolvedCall call, Supplier<@Nullable Object> result) {
        try {
            return mapper.map(call.call().arguments(), result.get());
        } catch (Throwable e) {
            log.error("the evidence mapper of tool {} failed", call.tool().toolName(), e);
            return null;
        }
    }

    private JournalEntry written(JournalEntry started, JsonObject payload, Instant now) {
        EvidenceEnvelope owed;
        try {
            owed = envelope(started, payload, now);
        } catch (RuntimeException e) {
            log.error("the evidence of call {} has no canonical form", started.key(), e);
            return started.executedWithout(EvidenceStatus.UNMAPPED, "payload.not_canonical", now);
        }
        return started.executed(seal(owed), now);
    }

    private EvidenceEnvelope seal(EvidenceEnvelope owed) {
        try {
            return sealer.seal(owed);
        } catch (Throwable e) {
            log.error(
                    "the evidence of call {} could not be signed now and will be later",
                    owed.context().callId(),
                    e);
            return owed;
        }
    }

    private static EvidenceEnvelope envelope(JournalEntry started, JsonObject payload, Instant now) {
        EvidenceContext context = new EvidenceContext(
                started.facts().tenantId(),
                started.key().intentId(),
                started.key().callId(),
                started.facts().toolName(),
                started.facts().operation(),
                started.facts().spendCents(),
                started.decisionId(),
                idempotencyKey(started));
        String digest = Digest32.ofCanonical(payload).hex();
        String submittedAt = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return new EvidenceEnvelope(context, payload, digest, submittedAt, EvidenceSeal.OWED, null);
    }

    /** As the other Paybond kits name it; hashed when it would not fit a header. */
    private static String idempotencyKey(JournalEntry started) {
        String plain =
                "evidence:" + started.key().intentId() + ":" + started.key().callId();
        return HEADER_SAFE.matcher(plain).matches()
                ? plain
                : "evidence:sha256:"
                        + Digest32.sha256(plain.getBytes(StandardCharsets.UTF_8))
                                .hex();
    }
}
