package ai.paybond.kit.sandbox.internal.predicate;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.OptionalInt;

/** Compares JSON scalars: numbers by value, strings by code unit. */
final class Scalars {
    private Scalars() {}

    static boolean isScalar(JsonValue value) {
        return !(value instanceof JsonObject) && !(value instanceof JsonArray);
    }

    static boolean isOrdered(JsonValue value) {
        return value instanceof JsonNumber || value instanceof JsonString;
    }

    static boolean same(JsonValue left, JsonValue right) {
        OptionalInt sign = compare(left, right);
        return sign.isPresent() ? sign.getAsInt() == 0 : left.equals(right);
    }

    /** Empty unless both are numbers or both are strings. */
    static OptionalInt compare(JsonValue left, JsonValue right) {
        if (left instanceof JsonNumber a && right instanceof JsonNumber b) {
            return OptionalInt.of(a.bigDecimalValue().compareTo(b.bigDecimalValue()));
        }
        if (left instanceof JsonString a && right instanceof JsonString b) {
            return OptionalInt.of(a.value().compareTo(b.value()));
        }
        return OptionalInt.empty();
    }
}
