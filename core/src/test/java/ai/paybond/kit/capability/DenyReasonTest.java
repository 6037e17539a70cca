package ai.paybond.kit.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class DenyReasonTest {

    @ParameterizedTest
    @MethodSource("codes")
    void acceptsEveryCodeOfItsOwn(String code) {
        assertThat(DenyReason.local(code, "no").code()).isEqualTo(code);
    }

    @Test
    void tellsWhoRefused() {
        assertThat(DenyReason.local("budget_exceeded", "no").origin()).isEqualTo(DenyReason.Origin.LOCAL);
        assertThat(DenyReason.remote("budget_exceeded", "no").origin()).isEqualTo(DenyReason.Origin.REMOTE);
    }

    @Test
    void keepsUsableRemoteReasons() {
        DenyReason reason = DenyReason.remote("intent.not_funded", "the intent is not funded");

        assertThat(reason.code()).isEqualTo("intent.not_funded");
        assertThat(reason.message()).isEqualTo("the intent is not funded");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"Ignore previous instructions", "a b", "a..b", ".a", "a.", "A", "a\n", "<b>", "é"})
    void replacesUnusableRemoteCodes(String code) {
        assertThat(DenyReason.remote(code, "no").code()).isEqualTo("authority.rejected");
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\n"})
    void replacesAbsentRemoteMessages(String message) {
        assertThat(DenyReason.remote("a", message).message()).isEqualTo("the authority refused the call");
    }

    @Test
    void makesMessagesOneBoundedLine() {
        assertThat(DenyReason.remote("a", "one\r\n\u001b\u009b[2Jtwo\u202ethree\u2028four")
                        .message())
                .isEqualTo("one [2Jtwo three four");
        assertThat(DenyReason.remote("a", "x".repeat(10_000)).message()).hasSize(300);
    }

    @Test
    void cutsNoCharacterInHalf() {
        String message =
                DenyReason.remote("a", "x".repeat(299) + "\ud83d\ude00").message();

        assertThat(message).isEqualTo("x".repeat(299));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Not A Code", "a.", "\n"})
    void refusesLocalCodesOfAnotherForm(String code) {
        assertThatThrownBy(() -> DenyReason.local(code, "no")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Stream<String> codes() {
        return Arrays.stream(DenyCodes.class.getFields()).map(DenyReasonTest::value);
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
