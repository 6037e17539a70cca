package ai.paybond.kit.capability;

import static ai.paybond.kit.capability.TestCapabilities.GRANT;
import static ai.paybond.kit.capability.TestCapabilities.INTENT;
import static ai.paybond.kit.capability.TestCapabilities.OPERATION;
import static ai.paybond.kit.capability.TestCapabilities.TENANT;
import static ai.paybond.kit.capability.TestCapabilities.assertRefused;
import static ai.paybond.kit.capability.TestCapabilities.assertVerified;
import static ai.paybond.kit.capability.TestCapabilities.requestWith;
import static ai.paybond.kit.capability.TestCapabilities.token;
import static ai.paybond.kit.capability.TestCapabilities.verifier;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"city\":\"Paris\"}                     | check if arg(\"city\", \"Paris\")",
                "{\"city\":\"Paris\",\"extra\":[1,2]}     | check if arg(\"city\", $c), [\"Paris\", \"Lyon\"].contains($c)",
                "{\"city\":\"\"}                          | check if arg(\"city\", \"\")",
                "{\"nights\":3}                           | check if arg(\"nights\", $n), $n <= 3",
                "{\"nights\":3.0}                         | check if arg(\"nights\", 3)",
                "{\"nights\":3e0}                         | check if arg(\"nights\", 3)",
                "{\"n\":-9223372036854775808}             | check if arg(\"n\", $n), $n < 0",
                "{\"n\":9223372036854775807}              | check if arg(\"n\", 9223372036854775807)",
                "{\"n\":9223372036854775808}              | check if arg(\"n\", \"9223372036854775808\")",
                "{\"price\":12.50}                        | check if arg(\"price\", \"12.50\")",
                "{\"price\":1e400}                        | check if arg(\"price\", \"1e400\")",
                "{\"dry\":true}                           | check if arg(\"dry\", true)",
                "{\"a\":{\"b\":{\"c\":1}}}                | check if arg(\"a.b.c\", 1)",
                "{\"items\":[{\"sku\":\"x\"},{\"sku\":\"y\"}]} | check if arg(\"items[1].sku\", \"y\")",
                "{\"m\":[[1,2],[3]]}                      | check if arg(\"m[1][0]\", 3)",
                "{\"都市\":\"京都\"}                      | check if arg(\"都市\", \"京都\")"
            })
    void verifiesCallsWhoseArgumentsPassTheCheck(String arguments, String check) {
        assertVerified(verify(arguments, check));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"city\":\"Moscow\"}       | check if arg(\"city\", $c), [\"Paris\", \"Lyon\"].contains($c)",
                "{\"city\":\"paris\"}        | check if arg(\"city\", \"Paris\")",
                "{\"city\":\"P\u0430ris\"}   | check if arg(\"city\", \"Paris\")",
                "{\"city\":null}             | check if arg(\"city\", $c)",
                "{}                          | check if arg(\"city\", $c)",
                "{\"city\":[]}               | check if arg(\"city\", $c)",
                "{\"city\":{}}               | check if arg(\"city\", $c)",
                "{\"city\":[\"Paris\"]}      | check if arg(\"city\", $c)",
                "{\"nights\":4}              | check if arg(\"nights\", $n), $n <= 3",
                "{\"nights\":\"3\"}          | check if arg(\"nights\", $n), $n <= 3",
                "{\"nights\":3.5}            | check if arg(\"nights\", $n), $n <= 4",
                "{\"nights\":1e30}           | check if arg(\"nights\", $n), $n <= 4",
                "{\"dry\":\"true\"}          | check if arg(\"dry\", true)",
                "{\"dry\":1}                 | check if arg(\"dry\", true)"
            })
    void refusesCallsWhoseArgumentsFailTheCheck(String arguments, String check) {
        assertRefused(verify(arguments, check), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    /** A tool reads the nested value; a model may add a member whose name looks like the path to it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"to.city\":\"Paris\"}",
                "{\"to.city\":\"Paris\",\"to\":{\"city\":\"Moscow\"}}",
                "{\"to\":{\"city\":\"Moscow\"},\"to.city\":\"Paris\"}",
                "{\"to\":{\".city\":\"Paris\"}}",
                "{\"\":{\"to.city\":\"Paris\"}}"
            })
    void refusesDecoysNamedLikeAPath(String arguments) {
        assertRefused(verify(arguments, "check if arg(\"to.city\", \"Paris\")"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"items[0]\":\"Paris\"}", "{\"items\":{\"[0]\":\"Paris\"}}", "{\"items\":{\"0\":\"Paris\"}}"})
    void refusesDecoysNamedLikeAPosition(String arguments) {
        assertRefused(verify(arguments, "check if arg(\"items[0]\", \"Paris\")"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void argumentsCannotStateOtherFacts() {
        String arguments =
                "{\"request_operation\":\"travel.cancel\",\"x\\\"); request_operation(\\\"travel.cancel\":1}";

        assertRefused(
                verify(arguments, "check if request_operation(\"travel.cancel\")"), DenyCodes.CAPABILITY_CHECK_FAILED);
    }

    @Test
    void countsArguments() {
        assertVerified(verify(members(64)));
        assertRefused(verify(members(65)), DenyCodes.CAPABILITY_ARGUMENTS_UNBOUNDED);
    }

    @Test
    void doesNotCountWhatGivesNoFact() {
        String nulls = IntStream.range(0, 500).mapToObj(i -> "null").collect(Collectors.joining(","));

        assertVerified(verify("{\"a\":[" + nulls + "],\"b\":{},\"c\":[[],{}]}"));
    }

    @Test
    void measuresValues() {
        assertVerified(verify("{\"a\":\"" + "x".repeat(1024) + "\"}"));
        assertRefused(verify("{\"a\":\"" + "x".repeat(1025) + "\"}"), DenyCodes.CAPABILITY_ARGUMENTS_UNBOUNDED);
        assertRefused(verify("{\"a\":" + "9".repeat(1025) + "}"), DenyCodes.CAPABILITY_ARGUMENTS_UNBOUNDED);
    }

    @Test
    void measuresPaths() {
        assertVerified(verify("{\"" + "x".repeat(256) + "\":1}"));
        assertRefused(verify("{\"" + "x".repeat(257) + "\":1}"), DenyCodes.CAPABILITY_ARGUMENTS_UNBOUNDED);
        assertRefused(verify("{\"a\":{\"" + "x".repeat(255) + "\":1}}"), DenyCodes.CAPABILITY_ARGUMENTS_UNBOUNDED);
        assertRefused(verify("{\"" + "x".repeat(1_000_000) + "\":null}"), DenyCodes.CAPABILITY_ARGUMENTS_UNBOUNDED);
    }

    @Test
    void measuresDepth() {
        Object nested = 1;
        for (int i = 0; i < 200; i++) {
            nested = java.util.List.of(nested);
        }
        JsonObject arguments = JsonObject.builder().put("a", nested).build();
        CapabilityRequest request = new CapabilityRequest(TENANT, INTENT, OPERATION, 0, "usd", arguments);

        assertRefused(verifier().verify(token(), request), DenyCodes.CAPABILITY_ARGUMENTS_UNBOUNDED);
    }

    private static String members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"a" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static CapabilityVerdict verify(String arguments) {
        return verifier().verify(token(), requestWith(arguments));
    }

    private static CapabilityVerdict verify(String arguments, String check) {
        return verifier().verify(TokenForge.authority(GRANT).block(check).token(), requestWith(arguments));
    }
}
