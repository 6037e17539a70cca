package ai.paybond.kit.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleApproverTest {
    private static final JsonObject ARGUMENTS = JsonObject.parse("{\"hotel\":\"Lutetia\",\"nights\":2}");

    private final StringWriter screen = new StringWriter();

    @Test
    void showsExactlyWhatIsApproved() throws IOException {
        answerTo(ARGUMENTS, "later\n");
        assertThat(screen.toString())
                .contains(
                        ARGUMENTS.toJson(),
                        "187.05 usd",
                        "bookHotel",
                        "travel.book_hotel",
                        Requests.booking(ARGUMENTS).argumentsDigestHex());
    }

    @Test
    void takesYesForAnApproval() throws IOException {
        assertThat(answerTo(ARGUMENTS, " YES \n")).isEqualTo(ApprovalAnswer.approved());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "y\n", "yes please\n", "later\n", "approve\n"})
    void takesNothingElseForAnApproval(String typed) throws IOException {
        assertThat(answerTo(ARGUMENTS, typed)).isEqualTo(ApprovalAnswer.pending());
    }

    @Test
    void passesOnWhyNot() throws IOException {
        assertThat(answerTo(ARGUMENTS, "no\n too dear \n")).isEqualTo(ApprovalAnswer.rejected("too dear"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no\n", "no\n\n"})
    void rejectsWithoutAReasonToo(String typed) throws IOException {
        assertThat(answerTo(ARGUMENTS, typed)).isEqualTo(ApprovalAnswer.rejected("no reason given"));
    }

    @Test
    void takesEditedArguments() throws IOException {
        assertThat(answerTo(ARGUMENTS, "edit\n{\"hotel\":\"Ibis\"}\n"))
                .isEqualTo(ApprovalAnswer.edited(JsonObject.parse("{\"hotel\":\"Ibis\"}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit\n", "edit\n[1]\n", "edit\n{\"a\":1,\"a\":2}\n", "edit\nyes\n"})
    void leavesHeldWhatWasEditedIntoNoArguments(String typed) throws IOException {
        assertThat(answerTo(ARGUMENTS, typed)).isEqualTo(ApprovalAnswer.pending());
    }

    @Test
    void letsNoArgumentSteerOrHideInTheTerminal() throws IOException {
        String attack = "Lutetia\u001b[2J\u009b1A\r\nTool bookHostel\u202e\u2066\u200b\u2028\u00a0\u0000\uDB40\uDC41";
        answerTo(JsonObject.of(Map.of("hotel", attack, "city\u001b[8m", "Paris")), "later\n");
        assertThat(screen.toString().lines().filter(line -> line.startsWith("Tool")))
                .containsExactly("Tool       bookHotel");
        assertThat(screen.toString().replace(System.lineSeparator(), ""))
                .doesNotContainPattern("[\\p{C}\\p{Zl}\\p{Zp}\\u00a0]")
                .contains("\\u001b[2J", "\\u009b1A", "\\u202e", "\\u2066", "\\u200b", "\\u2028", "\\udb40\\udc41");
    }

    @Test
    void showsArgumentsThatStillReadAsTheSame() throws IOException {
        JsonObject arguments = JsonObject.of(Map.of("hotel", "H\u00f4tel \u202eaitetuL\u200d \uD83C\uDFE8"));
        answerTo(arguments, "later\n");
        String shown = screen.toString()
                .lines()
                .filter(line -> line.startsWith("Arguments"))
                .findFirst()
                .orElseThrow();
        assertThat(shown).contains("H\u00f4tel");
        assertThat(JsonObject.parse(shown.substring("Arguments".length()).strip()))
                .isEqualTo(arguments);
    }

    @Test
    void failsWhenTheTerminalDoes() {
        ConsoleApprover approver = new ConsoleApprover(
                new Reader() {
                    @Override
                    public int read(char[] buffer, int offset, int length) throws IOException {
                        throw new IOException("hung up");
                    }

                    @Override
                    public void close() {}
                },
                new PrintWriter(screen));
        assertThatThrownBy(() -> approver.decide(Requests.booking(ARGUMENTS))).isInstanceOf(IOException.class);
    }

    private ApprovalAnswer answerTo(JsonObject arguments, String typed) throws IOException {
        return new ConsoleApprover(new StringReader(typed), new PrintWriter(screen))
                .decide(Requests.booking(arguments));
    }
}
