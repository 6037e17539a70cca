package ai.paybond.kit.guard;

import static ai.paybond.kit.guard.GuardFixture.booking;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.journal.CallKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ends up in logs by being printed. */
class SecretsTest {
    private final GuardFixture fixture = new GuardFixture();

    @Test
    void printsOneLineWhateverTheModelWrote() {
        ToolCall forged = ToolCall.of("tool\nERROR forged", "id\r\nERROR forged", GuardFixture.ARGS);
        assertThat(forged.toString()).hasLineCount(1);
        assertThat(new CallKey(GuardFixture.INTENT, "id\r\nERROR forged").toString())
                .hasLineCount(1);
        fixture.guard().call(booking("id\nERROR forged"), fixture::book);
        assertThat(fixture.authority.asked.get(0).toString()).hasLineCount(1);
    }

    @Test
    void printsNeitherTokenNorArgumentsNorResults() {
        List<Object> printed = new ArrayList<>();
        ToolOutcome<?> outcome = fixture.builder()
                .listener(new GuardListener() {
                    @Override
                    public void decided(ToolCall call, Decision decision) {
                        printed.add(call);
                        printed.add(decision);
                    }
                })
                .build()
                .call(booking("c1"), fixture::book);
        printed.add(outcome);
        printed.add(GuardFixture.binding());
        printed.add(fixture.authority.asked.get(0));
        printed.add(fixture.authority.delivered.get(0));
        printed.add(fixture.entry("c1"));
        assertThat(printed.toString()).doesNotContain("c2VjcmV0LXRva2Vu", "Lutetia", "4111111111111111", "H-1");
    }
}
