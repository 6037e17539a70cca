package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentContextTest {
    private final GuardFixture fixture = new GuardFixture();

    @Test
    void tellsTheAuthorityOnWhoseBehalfACallIsMade() {
        AgentContext context = AgentContext.of("user-1").task("task-1", null).model("model", "cd".repeat(32), null);
        try (ToolGuard guard = fixture.builder().agent(context).build()) {
            guard.call(GuardFixture.booking("c1"), fixture::book);
        }
        assertThat(fixture.authority.asked).singleElement().satisfies(asked -> assertThat(asked.agent())
                .isEqualTo(context));
    }

    @Test
    void tellsNothingByDefault() {
        try (ToolGuard guard = fixture.guard()) {
            guard.call(GuardFixture.booking("c1"), fixture::book);
        }
        assertThat(fixture.authority.asked).singleElement().satisfies(asked -> assertThat(asked.agent())
                .isEqualTo(AgentContext.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines"})
    void refusesASubjectThatIsNoName(String subject) {
        assertThatIllegalArgumentException().isThrownBy(() -> AgentContext.of(subject));
    }

    @Test
    void refusesAHashThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> AgentContext.NONE.model("model", "sha256:00", null));
    }
}
