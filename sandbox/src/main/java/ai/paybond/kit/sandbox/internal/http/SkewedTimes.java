package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reply of a server whose clock is off: its Date header and the times among its members. */
final class SkewedTimes {
    private SkewedTimes() {}

    static Reply of(Reply reply, Duration skew, Clock clock) {
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put(
                "date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        clock.instant().plus(skew).atOffset(ZoneOffset.UTC)));
        Map<String, JsonValue> members = new LinkedHashMap<>();
        reply.body().members().forEach((name, value) -> members.put(name, skewed(value, skew)));
        return new Reply(reply.status(), new JsonObject(members), headers);
    }

    private static JsonValue skewed(JsonValue value, Duration skew) {
        if (!(value instanceof JsonString text)) {
            return value;
        }
        try {
            return new JsonString(DateTimeFormatter.ISO_INSTANT.format(
                    Instant.parse(text.value()).plus(skew)));
        } catch (DateTimeParseException e) {
            return value;
        }
    }
}
