package ai.paybond.kit.wire.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents made from a seed, so that a failing one can be made again. */
final class RandomJson {
    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    JsonValue value() {
        return value(4);
    }

    private JsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2, 3 -> number();
            case 4 -> new JsonString(text());
            case 5 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    JsonObject object(int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(text(), value(depth));
        }
        return new JsonObject(members);
    }

    private JsonArray array(int depth) {
        List<JsonValue> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(depth));
        }
        return new JsonArray(items);
    }

    private JsonNumber number() {
        double value = Double.longBitsToDouble(random.nextLong());
        return switch (random.nextInt(4)) {
            case 0 -> JsonNumber.of(random.nextInt());
            case 1 -> JsonNumber.of(random.nextLong());
            case 2 -> JsonNumber.of(random.nextInt(1_000_000) / 1000.0);
            default -> JsonNumber.of(Double.isFinite(value) ? value : 0.5);
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(character());
        }
        return text.toString();
    }

    private int character() {
        return switch (random.nextInt(8)) {
            case 0 -> '0' + random.nextInt(10);
            case 1 -> random.nextInt(0x20);
            case 2 -> 0xE000 + random.nextInt(0x1000);
            case 3 -> 0x1F600 + random.nextInt(64);
            case 4 -> 0xD800 + random.nextInt(0x800);
            case 5 -> "\"\\/<>&\u2028\u2029\u007f".charAt(random.nextInt(9));
            default -> 'a' + random.nextInt(26);
        };
    }
}
