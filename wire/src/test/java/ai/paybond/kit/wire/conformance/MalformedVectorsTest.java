package ai.paybond.kit.wire.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.conformance.ConformanceReport.Outcome;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever points the suite at vectors of their own gets a report, whatever is in them. */
class MalformedVectorsTest {
    private static final List<String> WRONG_VALUES =
            List.of("null", "true", "-1", "1e999999999", "\"\"", "\"zz\"", "[]", "[null]", "{}");

    static List<String> files() {
        return VectorFiles.names();
    }

    private static List<Outcome> run(String fileName, JsonObject content) {
        return ConformanceSuite.run(fileName, content).outcomes();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileWithoutEntriesIsAMismatch(String fileName) {
        assertThat(ConformanceSuite.run(fileName, JsonObject.parse("{}")).mismatches())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.expected()).isEqualTo("at least one entry"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aListOfAnotherTypeIsAMismatch(String fileName) {
        JsonObject file = VectorFiles.read(fileName);
        for (String list : lists(file)) {
            for (String wrong : List.of("1", "\"x\"", "{\"a\":[{}]}", "[null]", "[[]]")) {
                JsonObject altered =
                        JsonObject.builder().put(list, JsonValue.parse(wrong)).build();

                assertThat(run(fileName, altered)).as(list + " = " + wrong).noneMatch(Outcome::passed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void anEntryWithOneMemberMissingOrWrongIsReportedNotThrown(String fileName) {
        JsonObject file = VectorFiles.read(fileName);
        for (String list : lists(file)) {
            JsonObject entry =
                    file.array(list).orElseThrow().objectItems().findFirst().orElseThrow();
            for (JsonObject altered : alterations(entry)) {
                JsonObject one =
                        JsonObject.builder().put(list, List.of(altered)).build();

                assertThat(run(fileName, one)).as(list).hasSize(1);
            }
        }
    }

    private static List<String> lists(JsonObject file) {
        return file.members().keySet().stream()
                .filter(name -> file.array(name)
                        .flatMap(array -> array.objectItems().findFirst())
                        .isPresent())
                .filter(name -> !name.equals("js_only_values")
                        && !name.equals("js_errors")
                        && !name.equals("preset_files_in_repo"))
                .toList();
    }

    /** The entry, and its input, with each member left out or of every wrong kind. */
    private static List<JsonObject> alterations(JsonObject entry) {
        Stream<JsonObject> outer = oneMemberWrong(entry);
        Stream<JsonObject> inner = entry.object("input").stream()
                .flatMap(MalformedVectorsTest::oneMemberWrong)
                .map(input -> entry.with("input", input));
        return Stream.concat(outer, inner).toList();
    }

    private static Stream<JsonObject> oneMemberWrong(JsonObject object) {
        return object.members().keySet().stream()
                .flatMap(name -> Stream.concat(
                        Stream.of(object.without(name)),
                        WRONG_VALUES.stream().map(wrong -> object.with(name, JsonValue.parse(wrong)))));
    }

    @Test
    void aMissingListIsNoMismatch() {
        JsonObject file = VectorFiles.read("bincode-wire.json");
        JsonArray bytes = file.array("u8").orElseThrow();

        ConformanceReport report = ConformanceSuite.run(
                "bincode-wire.json", JsonObject.builder().put("u8", bytes).build());

        assertThat(report.passed()).isEqualTo(bytes.items().size());
        assertThat(report.mismatches()).isEmpty();
    }

    @Test
    void errorsThatNeedAFirstVectorAreMismatchesWithoutOne() {
        for (String name : List.of("evidence.json", "agent-recognition.json", "owner-disclosure.json")) {
            JsonObject file = VectorFiles.read(name).without("vectors");

            assertThat(ConformanceSuite.run(name, file).mismatches()).isNotEmpty();
        }
    }

    @Test
    void anErrorItCannotMakeIsAMismatch() {
        JsonObject file =
                VectorFiles.read("evidence.json").with("errors", List.of(JsonObject.parse("{\"name\":\"?\"}")));

        assertThat(ConformanceSuite.run("evidence.json", file).mismatches())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.entry()).startsWith("errors[0]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"many_artifacts\":[{\"count\":2147483647,\"artifacts_digest_hex\":\"\"}]}",
                "{\"long_vectors\":[{\"input\":{\"payee_did_repeat\":{\"char\":\"xxxx\",\"count\":4194304}}}]}"
            })
    void anEntryThatAsksForGigabytesIsAMismatch(String json) {
        assertThat(run("evidence.json", JsonObject.parse(json))).singleElement().matches(outcome -> !outcome.passed());
    }

    @Test
    void aNumberWithAHugeExponentIsNotSpelledOut() {
        JsonObject file = JsonObject.parse("{\"varint_u64\":[{\"value\":\"1e999999999\",\"hex\":\"00\"}]}");

        assertThat(run("bincode-wire.json", file))
                .singleElement()
                .extracting(Outcome::actual)
                .isEqualTo("refused: integer.text");
    }
}
