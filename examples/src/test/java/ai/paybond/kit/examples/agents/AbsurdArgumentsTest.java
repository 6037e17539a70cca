package ai.paybond.kit.examples.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.examples.openai.Scenario;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arguments that no tool should ever see: half a JSON text, a name given twice, a negative price, no price. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbsurdArgumentsTest {
    private final TripWorld world = new TripWorld();
    private final Scenario absurd = Scenario.resource(AbsurdArgumentsTest.class, "absurd-arguments.json");

    @AfterAll
    void close() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource
    void neverReachHarborOrTheHotel(AgentKind kind) {
        Trip trip = world.travel(kind, absurd);

        assertThat(trip.decisions())
                .containsExactly(
                        "book_hotel arguments.malformed LOCAL",
                        "book_hotel arguments.ambiguous LOCAL",
                        "book_hotel spend.invalid LOCAL",
                        "book_hotel spend.invalid LOCAL");
        assertThat(trip.toolResults()).hasSize(4).allMatch(told -> told.contains("paybond_denied"));
        assertThat(trip.verifications()).isEmpty();
        assertThat(trip.bookings()).isEmpty();
        assertThat(trip.answer()).isEqualTo("I give up.");
    }
}
