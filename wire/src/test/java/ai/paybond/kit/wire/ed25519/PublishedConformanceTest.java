package ai.paybond.kit.wire.ed25519;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data that other projects publish, read where it lies; skipped where it does not. */
class PublishedConformanceTest {
    static Stream<Ed25519> engines() {
        return Ed25519.available().stream().map(Ed25519::using);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void agreesWithWycheproof(Ed25519 engine) {
        JsonObject file = (JsonObject) read("wycheproof/ed25519_test.json");
        int tests = 0;
        for (JsonObject group :
                file.array("testGroups").orElseThrow().objectItems().toList()) {
            String key = text(group.object("publicKey").orElseThrow(), "pk");
            for (JsonObject test :
                    group.array("tests").orElseThrow().objectItems().toList()) {
                boolean valid = text(test, "result").equals("valid");
                assertThat(verifies(engine, key, text(test, "msg"), text(test, "sig")))
                        .as("tcId %s", test.get("tcId"))
                        .isEqualTo(valid);
                assertThat(engine.verifies(
                                Hex.decode(key), Hex.decode(text(test, "msg")), Hex.decode(text(test, "sig"))))
                        .as("tcId %s, key not kept", test.get("tcId"))
                        .isEqualTo(valid);
                tests++;
            }
        }
        assertThat(tests).isEqualTo(151);
    }

    /** Every case involves a point that no honest signer makes, an S out of range, or an encoding that is not canonical. */
    @ParameterizedTest
    @MethodSource("engines")
    void refusesEveryCaseThatVerifiersDisagreeAbout(Ed25519 engine) {
        JsonArray cases = (JsonArray) read("speccheck/cases.json");
        List<Boolean> verdicts = cases.objectItems()
                .map(test -> verifies(engine, text(test, "pub_key"), text(test, "message"), text(test, "signature")))
                .toList();

        assertThat(verdicts).hasSize(12).containsOnly(false);
    }

    /** Without a key that is kept, the fourth: its points have parts of small order and still satisfy the equation. */
    @ParameterizedTest
    @MethodSource("engines")
    void judgesThemAsStrictVerifiersOfChainsDo(Ed25519 engine) {
        JsonArray cases = (JsonArray) read("speccheck/cases.json");
        List<Boolean> verdicts = cases.objectItems()
                .map(test -> engine.verifies(
                        Hex.decode(text(test, "pub_key")),
                        Hex.decode(text(test, "message")),
                        Hex.decode(text(test, "signature"))))
                .toList();

        assertThat(verdicts)
                .containsExactly(false, false, false, true, false, false, false, false, false, false, false, false);
    }

    @Test
    void agreesWithTheBlake3Team() {
        JsonObject file = (JsonObject) read("blake3/test_vectors.json");
        List<JsonObject> cases = file.array("cases").orElseThrow().objectItems().toList();
        for (JsonObject test : cases) {
            byte[] input = new byte[Math.toIntExact(test.integer("input_len").orElseThrow())];
            for (int i = 0; i < input.length; i++) {
                input[i] = (byte) (i % 251);
            }
            assertThat(text(test, "hash")).startsWith(Digest32.blake3(input).hex());
        }
        assertThat(cases).hasSize(35);
    }

    private static boolean verifies(Ed25519 engine, String key, String message, String signature) {
        try {
            return VerifyingKey.of(Hex.decode(key), engine).verify(Hex.decode(message), Hex.decode(signature));
        } catch (WireException e) {
            return false;
        }
    }

    private static String text(JsonObject object, String name) {
        return object.string(name).orElseThrow();
    }

    private static JsonValue read(String name) {
        String root = System.getProperty("paybond.root", "..");
        String directory = System.getProperty("paybond.conformance.dir", root + "/../shared/third-party");
        Path file = Path.of(directory, name);
        assumeTrue(Files.exists(file), () -> "no published data: set paybond.conformance.dir to run " + name);
        try {
            return JsonValue.parse(Files.readAllBytes(file), JsonLimits.lenient());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
