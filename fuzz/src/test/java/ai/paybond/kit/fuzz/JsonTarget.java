package ai.paybond.kit.fuzz;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** JSON and its canonical form: what was canonical once stays as it is, and reads back the same. */
final class JsonTarget implements FuzzTarget {

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        JsonLimits limits = input.choice(2) == 0 ? JsonLimits.DEFAULT : JsonLimits.lenient();
        JsonValue value;
        try {
            value = JsonValue.parse(input.rest(), limits);
        } catch (WireException refused) {
            return;
        }
        String lax = CanonicalJson.lax(value);
        requireStable(lax, CanonicalJson.lax(JsonValue.parse(lax, limits)));
        value.toJson();
        throughJava(value);
        String strict;
        try {
            strict = CanonicalJson.strict(value);
        } catch (WireException refused) {
            return;
        }
        requireStable(strict, CanonicalJson.strict(JsonValue.parse(strict)));
    }

    private static void throughJava(JsonValue value) {
        try {
            JsonValue.of(value.toJava()).toJson();
        } catch (IllegalArgumentException declared) {
            // a number beyond the doubles is infinite in Java, and that is no JSON number
        }
    }

    private static void requireStable(String once, String twice) {
        if (!once.equals(twice)) {
            throw new AssertionError("the canonical form changes when it is read again");
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Vectors.objects("wire", "canonical-json").forEach(json -> seeds.add(Input.of('a', json)));
        Vectors.texts("wire", "canonical-json").forEach(json -> seeds.add(Input.of('b', json)));
        seeds.add(Input.of('a', "[1e308,-0.0,1E-400,123456789012345678901234567890,\"\\ud83d\\ude00\\u0000\"]"));
        return seeds;
    }
}
