package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.journal.CallKey;
import ai.paybond.kit.journal.CallState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The way into a reader that is not public. */
public final class EntryDocuments {
    private EntryDocuments() {}

    /** The document as it is written after it was read; empty when it was refused, as any runtime exception does. */
    public static Optional<String> rewritten(CallState state, String document) {
        EntryDocument.Columns columns = new EntryDocument.Columns(
                new CallKey("0f0e0d0c-0b0a-4908-8706-050403020100", "c1"), 1, 1, state, Instant.EPOCH, null);
        try {
            return Optional.of(EntryDocument.write(EntryDocument.read(document, columns)));
        } catch (RuntimeException refused) {
            return Optional.empty();
        }
    }

    public static List<byte[]> examples() {
        String facts =
                "{\"facts\":{\"tenant_id\":\"t\",\"tool_name\":\"bookHotel\",\"operation\":\"o\",\"call_digest\":\"d\","
                        + "\"spend_cents\":\"42\"},\"spend\":\"NONE\",\"evidence\":\"NONE\",\"authorization\":\"AUTHORITY\"";
        return Stream.of(
                        facts + "}",
                        facts + ",\"audit_id\":\"a\",\"decision_id\":\"d\",\"reason_code\":\"r\",\"runner\":\"x\"}",
                        facts + ",\"held\":{\"arguments\":\"{}\",\"held_at\":\"2026-11-21T10:00:00Z\"}}",
                        facts + ",\"receipt\":{\"state\":\"released\",\"predicate_passed\":true}}",
                        facts + ",\"postponement\":{\"failures\":\"1\",\"since\":\"2026-11-21T10:00:00Z\","
                                + "\"until\":\"2026-11-21T10:00:00Z\",\"reason_code\":\"r\"}}",
                        facts + ",\"envelope\":{\"context\":{\"tenant_id\":\"t\",\"intent_id\":\"i\",\"call_id\":\"c\","
                                + "\"tool_name\":\"b\",\"operation\":\"o\",\"spend_cents\":\"1\",\"idempotency_key\":\"k\"},"
                                + "\"payload\":\"{}\",\"payload_digest\":\"" + "ab".repeat(32)
                                + "\",\"submitted_at\":\"2026-11-21T10:00:00Z\",\"seal\":\"UNSIGNED\"}}")
                .flatMap(text ->
                        IntStream.range(0, CallState.values().length).mapToObj(state -> (char) ('a' + state) + text))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
