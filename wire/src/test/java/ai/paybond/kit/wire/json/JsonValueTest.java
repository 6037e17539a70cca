package ai.paybond.kit.wire.json;

import static ai.paybond.kit.wire.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "nul",
                "01",
                "+1",
                ".5",
                "1.",
                "0x1",
                "NaN",
                "Infinity",
                "\"\n\"",
                "\"\\x\"",
                "1 2",
                "{} []",
                "[1] //c",
                "\uFEFF1",
                "\"\\u12\"",
                "--1",
                "1e",
                "]"
            })
    void refusesWhatIsNotOneJsonValue(String text) {
        assertRefused("json.syntax", () -> JsonValue.parse(text));
    }

    @Test
    void refusesAMemberNamedTwiceAndSaysWhere() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonValue.parse("{\"a\":[{\"b\":1,\"b\":2}]}"))
                .satisfies(e -> assertThat(e.code()).isEqualTo("json.duplicate_key"))
                .satisfies(e -> assertThat(e.path()).isEqualTo("/a/0/b"))
                .satisfies(e -> assertThat(e.offset()).isPositive());
    }

    @Test
    void keepsTheLastOfTwoMembersWhenLenient() {
        assertThat(JsonValue.parse("{\"a\":1,\"b\":2,\"a\":3}", JsonLimits.lenient())
                        .toJson())
                .isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void refusesNestingBeyondTheLimitAtOnce() {
        assertThat(JsonValue.parse("[".repeat(64) + "]".repeat(64))).isNotNull();
        assertRefused("json.depth", () -> JsonValue.parse("[".repeat(65) + "]".repeat(65)));
        assertRefused("json.depth", () -> JsonValue.parse("[".repeat(1_000_000)));
    }

    @Test
    void refusesTextBeyondTheLimit() {
        JsonLimits limits = new JsonLimits(10, 4, JsonLimits.DuplicateKeys.REFUSE);

        assertThat(JsonValue.parse("\"12345678\"", limits)).isEqualTo(new JsonString("12345678"));
        assertRefused("json.size", () -> JsonValue.parse("\"123456789\"", limits));
        assertRefused("json.size", () -> JsonValue.parse(new byte[41], limits));
    }

    @Test
    void refusesANumberOfThousandsOfDigits() {
        assertRefused("json.number_length", () -> JsonValue.parse("1".repeat(5000)));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertRefused("json.utf8", () -> JsonValue.parse(new byte[] {'"', (byte) 0xC3, '"'}));
        assertRefused("json.utf8", () -> JsonValue.parse(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}));
    }

    @Test
    void neverQuotesTheInputInItsMessage() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> JsonValue.parse("{\"sekret-name\":1,\"sekret-name\":\"sekret-value\"}"))
                .withMessageNotContaining("sekret");
    }

    @Test
    void refusesAnythingButAnObjectWhereOneIsAskedFor() {
        assertRefused("json.not_object", () -> JsonObject.parse("[]"));
    }

    @Test
    void printsMembersInOrderWithIndexKeysFirst() {
        assertThat(JsonValue.parse("{\"b\":1,\"10\":2,\"9\":3,\"a\":4,\"01\":5}")
                        .toJson())
                .isEqualTo("{\"9\":3,\"10\":2,\"b\":1,\"a\":4,\"01\":5}");
    }

    @Test
    void printsNumbersAsJavaScriptDoes() {
        assertThat(JsonValue.parse("[1.0,1e21,-0,1e-7,123456789012345678901,1e999]")
                        .toJson())
                .isEqualTo("[1,1e+21,0,1e-7,123456789012345680000,null]");
    }

    @Test
    void answersOnlyForTheTypeThatIsAskedFor() {
        JsonObject object = JsonObject.parse("{\"s\":\"x\",\"n\":1,\"f\":1.5,\"b\":true,\"z\":null,\"t\":\"true\"}");

        assertThat(object.string("n")).isEmpty();
        assertThat(object.string("z")).isEmpty();
        assertThat(object.bool("t")).isEmpty();
        assertThat(object.bool("b")).contains(true);
        assertThat(object.integer("f")).isEmpty();
        assertThat(object.integer("absent")).isEmpty();
        assertThat(object.has("z")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1e0", "10e-1", "9007199254740991", "-9007199254740991"})
    void readsExactIntegersWithinTheSafeRange(String number) {
        assertThat(new JsonNumber(number).safeInteger()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "9007199254740992",
                "-9007199254740992",
                "4503599627370497.5",
                "1e400",
                "1e-99999999999",
                "-9223372036854775808"
            })
    void readsNothingElseAsInteger(String number) {
        assertThat(new JsonNumber(number).safeInteger()).isEmpty();
    }

    @Test
    void takesPlainJavaValues() {
        JsonValue value = JsonValue.of(Map.of("list", List.of(1, 2L, BigInteger.TEN, 1.5, new BigDecimal("2.50"))));

        assertThat(value.toJson()).isEqualTo("{\"list\":[1,2,10,1.5,2.5]}");
        assertThat(JsonValue.of(new int[] {1, 2}).toJson()).isEqualTo("[1,2]");
        assertThat(JsonValue.of(null)).isEqualTo(JsonNull.NULL);
    }

    @Test
    void refusesJavaValuesThatAreNoJson() {
        assertThatIllegalArgumentException().isThrownBy(() -> JsonValue.of(new Object()));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonValue.of(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonValue.of(1.5f));
        assertThatIllegalArgumentException().isThrownBy(() -> JsonValue.of(Map.of(1, 2)));
    }

    @Test
    void refusesAMapThatContainsItself() {
        Map<String, Object> loop = new HashMap<>();
        loop.put("self", loop);

        assertThatIllegalArgumentException().isThrownBy(() -> JsonValue.of(loop));
    }

    @Test
    void refusesToPrintWhatIsNestedBeyondAllReading() {
        JsonValue deep = JsonNull.NULL;
        for (int i = 0; i < 2000; i++) {
            deep = new JsonArray(List.of(deep));
        }
        JsonValue deepest = deep;

        assertRefused("json.depth", deepest::toJson);
    }

    @Test
    void givesBackPlainJavaValues() {
        Object java = JsonValue.parse("{\"a\":[1,1.5,\"x\",true,null,12345678901234567890]}")
                .toJava();

        List<Object> items = new ArrayList<>(List.of(1L, 1.5, "x", true));
        items.add(null);
        items.add(new BigDecimal("12345678901234567890"));
        assertThat(java).isEqualTo(Map.of("a", items));
    }

    @Test
    void survivesEveryTruncationOfADocument() {
        byte[] utf8 = "{\"a\":[1.5e3,\"\\u00e9\u20ac\",{\"b\":null}],\"c\":true}".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < utf8.length; length++) {
            byte[] cut = Arrays.copyOf(utf8, length);
            assertThatExceptionOfType(JsonException.class).isThrownBy(() -> JsonValue.parse(cut));
        }
    }
}
