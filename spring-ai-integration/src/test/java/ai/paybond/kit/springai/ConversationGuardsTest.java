package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.guard.ToolGuard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ToolContext;

class ConversationGuardsTest {

    private final ToolGuard guard = TestGuards.guard(new HotelTools(), new RecordingAuthority());
    private final ToolGuard other = TestGuards.guard(new HotelTools(), new RecordingAuthority());
    private final SetClock clock = new SetClock();

    @Test
    void findsEachConversationsOwnGuard() {
        ConversationGuards guards = ConversationGuards.create();

        GuardHandle first = guards.open(guard);
        GuardHandle second = guards.open(other);

        assertThat(guards.resolve(contextOf(first))).isSameAs(guard);
        assertThat(guards.resolve(contextOf(second))).isSameAs(other);
    }

    @Test
    void deniesAClosedConversation() {
        ConversationGuards guards =
                ConversationGuards.builder().fallback(() -> other).build();
        GuardHandle handle = guards.open(guard);

        handle.close();
        handle.close();

        assertThat(guards.resolve(contextOf(handle))).isNull();
    }

    @Test
    void deniesAConversationThatHasExpired() {
        ConversationGuards guards = ConversationGuards.builder()
                .clock(clock)
                .timeToLive(Duration.ofMinutes(5))
                .build();
        GuardHandle handle = guards.open(guard);

        clock.advance(Duration.ofSeconds(299));
        assertThat(guards.resolve(contextOf(handle))).isSameAs(guard);
        clock.advance(Duration.ofSeconds(1));
        assertThat(guards.resolve(contextOf(handle))).isNull();
    }

    @Test
    void deniesAHandleThatWasMadeUp() {
        ConversationGuards guards =
                ConversationGuards.builder().fallback(() -> other).build();

        assertThat(guards.resolve(context("made-up"))).isNull();
        assertThat(guards.resolve(context(42))).isNull();
        assertThat(guards.resolve(context(null))).isNull();
        assertThat(guards.resolve(context(guard))).isNull();
    }

    @Test
    void deniesACallWithoutAHandle() {
        ConversationGuards guards = ConversationGuards.create();
        guards.open(guard);

        assertThat(guards.resolve(null)).isNull();
        assertThat(guards.resolve(new ToolContext(Map.of()))).isNull();
    }

    @Test
    void givesTheFallbackOnlyToCallsWithoutAHandle() {
        ConversationGuards guards =
                ConversationGuards.builder().fallback(() -> other).build();

        assertThat(guards.resolve(null)).isSameAs(other);
        assertThat(guards.resolve(new ToolContext(Map.of("user", "ann")))).isSameAs(other);
    }

    @Test
    void refusesMoreConversationsThanFit() {
        ConversationGuards guards =
                ConversationGuards.builder().clock(clock).capacity(1).build();
        guards.open(guard);

        assertThatThrownBy(() -> guards.open(other))
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("guards.full"));
    }

    @Test
    void makesRoomByForgettingExpiredConversations() {
        ConversationGuards guards =
                ConversationGuards.builder().clock(clock).capacity(1).build();
        guards.open(guard);
        clock.advance(Duration.ofHours(1));

        assertThat(guards.resolve(contextOf(guards.open(other)))).isSameAs(other);
    }

    @Test
    void neverGivesOneHandleToTwoConversations() {
        ConversationGuards guards =
                ConversationGuards.builder().handleIds(() -> "same").build();
        guards.open(guard);

        assertThatThrownBy(() -> guards.open(other)).isInstanceOf(PaybondException.class);
    }

    @Test
    void refusesLimitsThatAreNotPositive() {
        assertThatThrownBy(() -> ConversationGuards.builder().capacity(0).build())
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() ->
                        ConversationGuards.builder().timeToLive(Duration.ZERO).build())
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void putsNeitherTokenNorGuardIntoTheToolContext() {
        GuardHandle handle = ConversationGuards.create().open(guard);

        assertThat(handle.toolContext())
                .containsOnlyKeys(ConversationGuards.CONTEXT_KEY)
                .allSatisfy((key, value) -> assertThat(value).isInstanceOf(String.class));
        assertThat(handle.toString())
                .doesNotContain((String) handle.toolContext().get(ConversationGuards.CONTEXT_KEY));
    }

    private static ToolContext contextOf(GuardHandle handle) {
        return new ToolContext(handle.toolContext());
    }

    private static ToolContext context(Object handle) {
        Map<String, Object> values = new HashMap<>();
        values.put(ConversationGuards.CONTEXT_KEY, handle);
        return new ToolContext(values);
    }

    /** A clock that moves when it is told to. */
    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T08:00:00Z");

        void advance(Duration step) {
            now = now.plus(step);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
