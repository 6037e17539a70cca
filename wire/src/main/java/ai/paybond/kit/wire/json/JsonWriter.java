package ai.paybond.kit.wire.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints values compactly, in one of three forms. */
final class JsonWriter {
    enum Form {
        /** Members in their own order. */
        PLAIN,
        /** Sorted, everything printable. */
        LAX,
        /** Sorted, ambiguous content refused. */
        STRICT
    }

    private static final long LARGEST_INDEX = (1L << 32) - 2;
    private static final double MAX_SAFE = (1L << 53) - 1;
    private static final int INDEX_DIGITS = 10;
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder out = new StringBuilder();
    private final Form form;

    private JsonWriter(Form form) {
        this.form = form;
    }

    static String write(JsonValue value, Form form) {
        JsonWriter writer = new JsonWriter(form);
        writer.value(value, null);
        return writer.out.toString();
    }

    private void value(JsonValue value, @Nullable Place place) {
        if (value instanceof JsonObject object) {
            object(object, place);
        } else if (value instanceof JsonArray array) {
            array(array, place);
        } else if (value instanceof JsonString string) {
            string(string.value(), place);
        } else if (value instanceof JsonNumber number) {
            number(number, place);
        } else if (value instanceof JsonBoolean bool) {
            out.append(bool.value());
        } else {
            out.append("null");
        }
    }

    private void object(JsonObject object, @Nullable Place place) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonValue> member : ordered(object, place)) {
            Place here = Place.in(place, member.getKey());
            out.append(separator);
            string(member.getKey(), here);
            out.append(':');
            value(member.getValue(), here);
            separator = ",";
        }
        out.append('}');
    }

    private void array(JsonArray array, @Nullable Place place) {
        out.append('[');
        for (int i = 0; i < array.items().size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(array.items().get(i), Place.in(place, Integer.toString(i)));
        }
        out.append(']');
    }

    private List<Map.Entry<String, JsonValue>> ordered(JsonObject object, @Nullable Place place) {
        List<Map.Entry<String, JsonValue>> indexed = new ArrayList<>();
        List<Map.Entry<String, JsonValue>> named = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            (isIndex(member.getKey()) ? indexed : named).add(member);
        }
        if (form != Form.PLAIN) {
            named.sort(Map.Entry.comparingByKey());
            named.removeIf(member -> isProto(member.getKey(), place));
        }
        if (form == Form.STRICT) {
            requireUnambiguousOrder(indexed, named, place);
        }
        indexed.sort(Comparator.comparingLong(member -> Long.parseLong(member.getKey())));
        indexed.addAll(named);
        return indexed;
    }

    private boolean isProto(String name, @Nullable Place place) {
        if (!name.equals("__proto__")) {
            return false;
        }
        if (form == Form.STRICT) {
            throw refuse("canonical.proto_key", Place.in(place, name));
        }
        return true;
    }

    private static void requireUnambiguousOrder(
            List<Map.Entry<String, JsonValue>> indexed,
            List<Map.Entry<String, JsonValue>> named,
            @Nullable Place place) {
        if (!indexed.isEmpty()) {
            throw refuse("canonical.index_key", Place.in(place, indexed.get(0).getKey()));
        }
        for (int i = 1; i < named.size(); i++) {
            String name = named.get(i).getKey();
            if (compareByCodePoint(named.get(i - 1).getKey(), name) > 0) {
                throw refuse("canonical.key_order", Place.in(place, name));
            }
        }
    }

    /** The order of the UTF-8 bytes, which is that of the characters unless surrogates decide it. */
    private static int compareByCodePoint(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean surrogates = Character.isSurrogate(left) || Character.isSurrogate(right);
                return surrogates ? compareCodePoints(a, b) : Character.compare(left, right);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int compareCodePoints(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    /** The canonical decimal text of 0 to 2^32 - 2, which JavaScript objects list before all other keys. */
    private static boolean isIndex(String name) {
        if (name.isEmpty() || name.length() > INDEX_DIGITS || !isDigits(name)) {
            return false;
        }
        boolean leadingZero = name.charAt(0) == '0' && name.length() > 1;
        return !leadingZero && Long.parseLong(name) <= LARGEST_INDEX;
    }

    private static boolean isDigits(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private void number(JsonNumber number, @Nullable Place place) {
        double value = number.doubleValue();
        if (form == Form.STRICT) {
            requireUnambiguousNumber(number, value, place);
        }
        out.append(Double.isFinite(value) ? EcmaNumbers.print(value) : "null");
    }

    private static void requireUnambiguousNumber(JsonNumber number, double value, @Nullable Place place) {
        double magnitude = Math.abs(value);
        boolean whole = value == Math.rint(value);
        boolean vanished = value == 0 && number.text().chars().anyMatch(c -> c >= '1' && c <= '9') && !isZero(number);
        if ((whole && magnitude > MAX_SAFE) || vanished) {
            throw refuse("canonical.number_range", place);
        }
        // ECMAScript prints 0.000001 where Rust prints 1e-6; below and above this decade both print the same text
        if (magnitude >= 1e-6 && magnitude < 1e-5) {
            throw refuse("canonical.number_text", place);
        }
    }

    /** True for 0, 0.00 or 0e5: digits before the exponent are all zero. */
    private static boolean isZero(JsonNumber number) {
        String mantissa = number.text().split("[eE]", 2)[0];
        return mantissa.chars().noneMatch(c -> c >= '1' && c <= '9');
    }

    private void string(String text, @Nullable Place place) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i += surrogate(text, i, place);
            } else {
                character(c);
            }
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (c < 0x20) {
                    escape(c);
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** Prints a pair, or half of one as an escape; answers how many further units were used. */
    private int surrogate(String text, int at, @Nullable Place place) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
            out.append(c).append(text.charAt(at + 1));
            return 1;
        }
        if (form == Form.STRICT) {
            throw refuse("canonical.surrogate", place);
        }
        escape(c);
        return 0;
    }

    private void escape(char c) {
        out.append("\\u").append(HEX.toHexDigits(c));
    }

    private static JsonException refuse(String code, @Nullable Place place) {
        return new JsonException(code, place == null ? "" : place.pointer(), -1);
    }

    /** One step from the root; only spelled out when something is refused. */
    private record Place(@Nullable Place parent, String token, int depth) {
        static Place in(@Nullable Place parent, String token) {
            Place place = new Place(parent, token, parent == null ? 1 : parent.depth + 1);
            if (place.depth > JsonLimits.DEEPEST) {
                throw refuse("json.depth", null);
            }
            return place;
        }

        String pointer() {
            String escaped = token.replace("~", "~0").replace("/", "~1");
            return (parent == null ? "" : parent.pointer()) + "/" + escaped;
        }
    }
}
