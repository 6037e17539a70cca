package ai.paybond.kit.examples.agents;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.examples.hotel.Booking;
import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.sandbox.SandboxRecords.Verification;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One conversation through every kind of agent: a ride that is fine, a tool that does not exist, an operation that the
 * capability does not grant, a tool that throws, a room over what is left, and a room that is fine.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryDoorTest {
    private final Map<AgentKind, Trip> trips = new EnumMap<>(AgentKind.class);

    @BeforeAll
    void travel() {
        try (TripWorld world = new TripWorld()) {
            for (AgentKind kind : AgentKind.values()) {
                trips.put(kind, world.travel(kind));
            }
        }
    }

    private Trip trip(AgentKind kind) {
        return trips.get(kind);
    }

    @ParameterizedTest
    @EnumSource
    void decidesEveryCallTheSame(AgentKind kind) {
        assertThat(trip(kind).decisions())
                .containsExactly(
                        "book_transfer allowed",
                        "wire_money tool.undeclared LOCAL",
                        "cancel_booking operation_not_allowed LOCAL",
                        "book_hotel allowed",
                        "book_hotel budget_exceeded REMOTE",
                        "book_hotel allowed");
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheModelWhyACallWasRefusedAndWhyTheToolFailed(AgentKind kind) {
        List<String> told = trip(kind).toolResults();

        assertThat(told).hasSize(6);
        assertThat(denial(told.get(1))).isEqualTo("tool.undeclared");
        assertThat(denial(told.get(2))).isEqualTo("operation_not_allowed");
        assertThat(told.get(3)).isEqualTo("no room left in this city");
        assertThat(denial(told.get(4))).isEqualTo("budget_exceeded");
    }

    private static String denial(String toolResult) {
        JsonObject json = JsonObject.parse(toolResult);
        assertThat(json.string("error")).contains("paybond_denied");
        assertThat(json.bool("tool_ran")).contains(false);
        return json.string("code").orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void givesTheModelTheToolsOwnResults(AgentKind kind) {
        List<String> told = trip(kind).toolResults();

        assertThat(JsonObject.parse(told.get(0)).string("confirmation")).contains("TRF-1001");
        assertThat(JsonObject.parse(told.get(5)))
                .isEqualTo(trip(kind).bookings().get(0).toJson());
    }

    @ParameterizedTest
    @EnumSource
    void booksOneRoomAndProvesExactlyThat(AgentKind kind) {
        Trip trip = trip(kind);

        assertThat(trip.bookings()).extracting(Booking::city).containsExactly("Lisbon");
        assertThat(trip.evidence()).singleElement().satisfies(evidence -> {
            assertThat(evidence.payload()).isEqualTo(trip.bookings().get(0).toJson());
            assertThat(evidence.predicatePassed()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource
    void asksHarborOnlyAboutWhatTheCapabilityCovers(AgentKind kind) {
        assertThat(trip(kind).verifications())
                .extracting(Verification::operation)
                .containsExactly("travel.book_transfer", "travel.book_hotel", "travel.book_hotel", "travel.book_hotel");
        assertThat(trip(kind).verifications()).extracting(Verification::allow).containsExactly(true, true, false, true);
    }

    @ParameterizedTest
    @EnumSource
    void givesBackTheSpendOfTheToolThatThrewAndKeepsTheOthers(AgentKind kind) {
        assertThat(trip(kind).spends())
                .extracting(Decision::status)
                .containsExactly(DecisionStatus.CONSUMED, DecisionStatus.RELEASED, DecisionStatus.CONSUMED);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterEveryRefusalToTheModelsLastWord(AgentKind kind) {
        assertThat(trip(kind).answer()).startsWith("Your room in Lisbon").endsWith("beyond what is left.");
    }

    @Test
    void signsTheSameEvidenceBehindEveryDoor() {
        assertThat(trips.values())
                .flatExtracting(Trip::evidence)
                .extracting(Evidence::payloadDigestHex)
                .hasSize(AgentKind.values().length)
                .containsOnly(trip(AgentKind.STANDALONE).evidence().get(0).payloadDigestHex());
    }
}
