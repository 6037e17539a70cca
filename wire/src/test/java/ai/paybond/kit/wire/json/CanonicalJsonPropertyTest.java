package ai.paybond.kit.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.LongStream;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties over documents made from fixed seeds. */
class CanonicalJsonPropertyTest {
    private static final int DOCUMENTS = 200;

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void canonicalOfCanonicalIsItself(long seed) {
        RandomJson documents = new RandomJson(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            strict(documents.value()).ifPresent(canonical -> assertThat(strict(JsonValue.parse(canonical)))
                    .contains(canonical));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void strictNeverAcceptsWhatThePeerWouldPrintDifferently(long seed) {
        RandomJson documents = new RandomJson(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            JsonValue document = documents.value();
            strict(document).ifPresent(canonical -> assertThat(canonical).isEqualTo(CanonicalJson.lax(document)));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithAnRfc8785LibraryWhereTheRulesAgree(long seed) throws IOException {
        RandomJson documents = new RandomJson(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            JsonObject document = documents.object(3);
            Optional<String> canonical = strict(document);
            if (canonical.isPresent()) {
                assertThat(canonical.get()).isEqualTo(new JsonCanonicalizer(document.toJson()).getEncodedString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsBackWhatItPrints(long seed) {
        RandomJson documents = new RandomJson(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = documents.value().toJson();
            if (isReadable(text)) {
                assertThat(JsonValue.parse(text, JsonLimits.lenient()).toJson()).isEqualTo(text);
            }
        }
    }

    @Test
    void theSeedsReachBothAnswers() {
        RandomJson documents = new RandomJson(1);
        long accepted = LongStream.range(0, DOCUMENTS)
                .filter(i -> strict(documents.value()).isPresent())
                .count();

        assertThat(accepted).isBetween(DOCUMENTS / 5L, DOCUMENTS * 19L / 20);
    }

    private static Optional<String> strict(JsonValue value) {
        try {
            return Optional.of(CanonicalJson.strict(value));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    /** Names with half a surrogate pair can be printed, but are refused when read. */
    private static boolean isReadable(String text) {
        try {
            return JsonValue.parse(text, JsonLimits.lenient()) != null;
        } catch (JsonException e) {
            assertThat(text).contains("\\ud");
            return false;
        }
    }
}
