package ai.paybond.kit.sandbox.internal.predicate;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonBoolean;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Shows our JSON to the schema library, and counts every look. */
final class MeteredNode implements JsonNode {
    private static final int MAX_EXPONENT = 400;

    private final JsonValue value;
    private final String pointer;
    private final Meter meter;

    MeteredNode(JsonValue value, String pointer, Meter meter) {
        this.value = value;
        this.pointer = pointer;
        this.meter = meter;
    }

    @Override
    public String getJsonPointer() {
        return pointer;
    }

    @Override
    public SimpleType getNodeType() {
        meter.count(1);
        if (value instanceof JsonNull) {
            return SimpleType.NULL;
        } else if (value instanceof JsonBoolean) {
            return SimpleType.BOOLEAN;
        } else if (value instanceof JsonString) {
            return SimpleType.STRING;
        } else if (value instanceof JsonArray) {
            return SimpleType.ARRAY;
        } else if (value instanceof JsonObject) {
            return SimpleType.OBJECT;
        }
        return asNumber().stripTrailingZeros().scale() <= 0 ? SimpleType.INTEGER : SimpleType.NUMBER;
    }

    @Override
    public boolean asBoolean() {
        return ((JsonBoolean) value).value();
    }

    @Override
    public String asString() {
        meter.count(1);
        return ((JsonString) value).value();
    }

    @Override
    public BigInteger asInteger() {
        return asNumber().toBigInteger();
    }

    /** Arithmetic on a number like 1e999999999 would not come back. */
    @Override
    public BigDecimal asNumber() {
        BigDecimal number = ((JsonNumber) value).bigDecimalValue();
        if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
            throw new Meter.ExhaustedException();
        }
        return number;
    }

    @Override
    public List<JsonNode> asArray() {
        List<JsonValue> items = ((JsonArray) value).items();
        meter.count(items.size() + 1);
        List<JsonNode> nodes = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            nodes.add(new MeteredNode(items.get(i), pointer + "/" + i, meter));
        }
        return nodes;
    }

    @Override
    public Map<String, JsonNode> asObject() {
        Map<String, JsonValue> members = ((JsonObject) value).members();
        meter.count(members.size() + 1);
        Map<String, JsonNode> nodes = new LinkedHashMap<>();
        members.forEach((name, member) ->
                nodes.put(name, new MeteredNode(member, pointer + "/" + JsonNode.encodeJsonPointer(name), meter)));
        return nodes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MeteredNode that && equal(value, that.value, meter);
    }

    /** JSON Schema compares numbers by value: 1 and 1.0 are the same. */
    private static boolean equal(@Nullable JsonValue left, @Nullable JsonValue right, Meter meter) {
        meter.count(1);
        if (left == null || right == null) {
            return false;
        } else if (left instanceof JsonArray a && right instanceof JsonArray b) {
            return equal(a.items(), b.items(), meter);
        } else if (left instanceof JsonObject a && right instanceof JsonObject b) {
            return a.members().keySet().equals(b.members().keySet())
                    && a.members().keySet().stream().allMatch(name -> equal(a.get(name), b.get(name), meter));
        }
        return Scalars.isScalar(left) && Scalars.isScalar(right) && Scalars.same(left, right);
    }

    private static boolean equal(List<JsonValue> left, List<JsonValue> right, Meter meter) {
        return left.size() == right.size()
                && IntStream.range(0, left.size()).allMatch(i -> equal(left.get(i), right.get(i), meter));
    }

    @Override
    public int hashCode() {
        return getNodeType().hashCode();
    }
}
