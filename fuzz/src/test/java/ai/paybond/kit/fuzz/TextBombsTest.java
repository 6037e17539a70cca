package ai.paybond.kit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.paegents.evm.Abi;
import ai.paybond.kit.paegents.evm.StructTypes;
import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyException;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** JSON, YAML and ABI text that is small on the wire and large once it is understood, or deep, or simply large. */
class TextBombsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Stream<Arguments> bombs() {
        return Stream.of(
                json("100,000 arrays in each other", "64 levels", "json.depth", () -> "[".repeat(100_000)),
                json("100,000 objects in each other", "64 levels", "json.depth", () -> "{\"a\":".repeat(100_000)),
                json("8 Mi characters", "4 Mi characters", "json.size", () -> "[" + " ".repeat(8 << 20) + "]"),
                json("a number of 1,000,000 digits", "number length", "json.number_length", () -> "1"
                        .repeat(1_000_000)),
                json(
                        "an exponent of 100,000 digits",
                        "number length",
                        "json.number_length",
                        () -> "1e" + "9".repeat(100_000)),
                json(
                        "a name given twice among 50,000",
                        "no name twice",
                        "json.duplicate_key",
                        TextBombsTest::manyMembers),
                yaml(
                        "nine levels of nine aliases (9^9 values)",
                        "no aliases",
                        "policy.alias",
                        TextBombsTest::billionLaughs),
                yaml("an anchor that contains itself", "no aliases", "policy.alias", () -> "tools: &a\n  b: *a\n"),
                yaml("20,000 sequences in each other", "depth", "policy.too_deep", () -> "a: " + "[".repeat(20_000)),
                yaml("512 KiB", "256 KiB", "policy.too_large", () -> "#" + "x".repeat(512 << 10)),
                yaml(
                        "a tag that names a Java class",
                        "no tags",
                        "policy.tag",
                        () -> "name: !!javax.script.ScriptEngineManager []"),
                abi(
                        "array type nested 5,000 deep",
                        "evm.type",
                        () -> Abi.decode("uint8" + "[]".repeat(5_000), new byte[32])),
                abi("array that announces 2^31 items", "evm.return_data", () -> Abi.decode("uint8[]", announced())),
                abi(
                        "struct that contains itself 5,000 arrays deep",
                        "evm.type",
                        () -> StructTypes.parse(JsonObject.parse(
                                "{\"A\":[{\"name\":\"a\",\"type\":\"A" + "[]".repeat(5_000) + "\"}]}"))));
    }

    private static Arguments json(String attack, String bound, String code, Supplier<String> text) {
        String bomb = text.get();
        return Arguments.of("JSON: " + attack, bound, code, (Supplier<String>) () -> wire(() -> JsonValue.parse(bomb)));
    }

    private static Arguments yaml(String attack, String bound, String code, Supplier<String> text) {
        String bomb = text.get();
        return Arguments.of("YAML: " + attack, bound, code, (Supplier<String>) () -> policy(bomb));
    }

    private static Arguments abi(String attack, String code, Runnable reading) {
        return Arguments.of("ABI: " + attack, "types and length", code, (Supplier<String>) () -> wire(reading));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void refusesWithinItsBounds(String attack, String bound, String code, Supplier<String> attempt) {
        assertThat(assertTimeoutPreemptively(PATIENCE, () -> BombTable.outcome(attack, bound, attempt)))
                .isEqualTo(code);
    }

    private static String wire(Runnable reading) {
        try {
            reading.run();
            return "accepted";
        } catch (WireException e) {
            return e.code();
        }
    }

    private static String policy(String yaml) {
        try {
            Policy.parse(yaml);
            return "accepted";
        } catch (PolicyException e) {
            return e.code();
        } catch (PaybondException e) {
            return "undeclared " + e.code();
        }
    }

    private static String manyMembers() {
        return IntStream.range(0, 50_000)
                .mapToObj(i -> "\"m" + i + "\":0")
                .collect(Collectors.joining(",", "{", ",\"m0\":1}"));
    }

    private static String billionLaughs() {
        StringBuilder yaml = new StringBuilder("l0: &l0 [x,x,x,x,x,x,x,x,x]\n");
        for (int level = 1; level <= 9; level++) {
            String alias = "*l" + (level - 1);
            yaml.append("l").append(level).append(": &l").append(level).append(" [");
            yaml.append((alias + ",").repeat(8)).append(alias).append("]\n");
        }
        return yaml.toString();
    }

    private static byte[] announced() {
        byte[] data = new byte[96];
        data[31] = 32;
        data[60] = 0x7f;
        data[61] = (byte) 0xff;
        data[62] = (byte) 0xff;
        data[63] = (byte) 0xff;
        return data;
    }
}
