package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonValue;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** What everyone who looks at a stored intent must agree on. */
public final class IntentRules {
    private IntentRules() {}

    public static boolean isFunded(IntentRow intent) {
        return IntentState.FUNDED.isStateOf(intent);
    }

    public static Instant deadline(IntentRow intent) {
        return parse(intent.deadline());
    }

    /** Compared exactly as submitted: no trimming, no lower case. */
    public static List<String> allowedTools(IntentRow intent) {
        return ((JsonArray) JsonValue.parse(intent.allowedTools())).strings().orElseThrow();
    }

    static void requireInTime(IntentRow intent, Clock clock) {
        if (!clock.instant().isBefore(deadline(intent))) {
            throw ApiException.nested(409, "intent.deadline.passed", "The intent's deadline has passed.");
        }
    }

    static Instant parse(String deadline) {
        try {
            return OffsetDateTime.parse(deadline).toInstant();
        } catch (DateTimeException e) {
            throw ApiException.invalid("deadline must be an RFC 3339 date-time.");
        }
    }
}
