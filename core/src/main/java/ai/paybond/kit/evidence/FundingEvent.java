package ai.paybond.kit.evidence;

import ai.paybond.kit.wire.json.JsonString;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the event of a payment processor, which says that money moved, from the result of a purchase, which says that something
 * was delivered. Only what such events always have counts; a member {@code data} alone does not.
 */
final class FundingEvent {
    private static final Pattern TYPE = Pattern.compile("(payment_intent|charge|payout|mandate)\\..*", Pattern.DOTALL);

    private FundingEvent() {}

    static boolean isOne(Map<?, ?> members) {
        String type = text(members, "type");
        String id = text(members, "id");
        boolean delivered = (id != null && id.startsWith("evt_")) || members.containsKey("pending_webhooks");
        return "event".equals(text(members, "object"))
                || isFunding(type)
                || isFunding(text(members, "event_type"))
                || (type != null && delivered);
    }

    private static boolean isFunding(@Nullable String type) {
        return type != null && TYPE.matcher(type).matches();
    }

    private static @Nullable String text(Map<?, ?> members, String name) {
        Object value = members.get(name);
        if (value instanceof JsonString json) {
            return json.value();
        }
        return value instanceof CharSequence text ? text.toString() : null;
    }
}
