package ai.paybond.kit.springai.observation;

import ai.paybond.kit.guard.ObservedCall;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Named {@code paybond.guard.call}. Low cardinality: {@code paybond.tool} and {@code paybond.outcome}. High cardinality:
 * {@code paybond.operation}, {@code paybond.intent_id}, {@code paybond.call_id} and {@code paybond.code}.
 */
public class DefaultGuardedCallObservationConvention implements GuardedCallObservationConvention {

    private static final String NAME = "paybond.guard.call";

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public String getContextualName(GuardedCallObservationContext context) {
        return "guard " + context.call().toolName();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(GuardedCallObservationContext context) {
        return KeyValues.of(
                keyValue("paybond.tool", context.call().toolName()), keyValue("paybond.outcome", context.outcome()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(GuardedCallObservationContext context) {
        ObservedCall call = context.call();
        return KeyValues.of(
                keyValue("paybond.operation", call.operation()),
                keyValue("paybond.intent_id", call.intentId()),
                keyValue("paybond.call_id", call.callId()),
                keyValue("paybond.code", context.code()));
    }

    private static KeyValue keyValue(String key, @Nullable String value) {
        return KeyValue.of(key, value == null || value.isEmpty() ? KeyValue.NONE_VALUE : value);
    }
}
