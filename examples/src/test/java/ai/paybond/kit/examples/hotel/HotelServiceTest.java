package ai.paybond.kit.examples.hotel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.paybond.kit.examples.http.JsonExchange;
import ai.paybond.kit.examples.http.LoopbackServer;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotelServiceTest {
    private final HotelService hotel = HotelService.start();
    private final HotelClient client = new HotelClient(hotel.uri());

    @AfterEach
    void close() {
        hotel.close();
    }

    @Test
    void booksARoomAtTheHotelsPriceAndKeepsIt() throws IOException {
        Booking booking = client.book(new BookingRequest("Lisbon", 2, 20000));

        assertThat(booking).isEqualTo(new Booking("HTL-1001", "Lisbon", 2, 18000, "completed"));
        assertThat(client.bookings()).containsExactly(booking);
        assertThat(hotel.bookings()).containsExactly(booking);
    }

    @Test
    void refusesTheSoldOutCityAndBooksNothing() throws IOException {
        assertRefused(new BookingRequest("Venice", 1, 20000), BookingRefusal.SOLD_OUT);
    }

    @Test
    void refusesAPriceAboveTheGuestsLimit() throws IOException {
        assertRefused(new BookingRequest("Lisbon", 2, 17999), BookingRefusal.PRICE_ABOVE_LIMIT);
    }

    @Test
    void refusesACityWithoutHotel() throws IOException {
        assertRefused(new BookingRequest("Robert'); DROP TABLE city;--", 1, 20000), BookingRefusal.NO_SUCH_CITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 31, Integer.MAX_VALUE})
    void refusesANumberOfNightsThatIsNotAStay(int nights) throws IOException {
        assertRefused(new BookingRequest("Lisbon", nights, Long.MAX_VALUE >> 11), BookingRefusal.BAD_REQUEST);
    }

    private void assertRefused(BookingRequest request, BookingRefusal reason) throws IOException {
        assertThatExceptionOfType(BookingRefusedException.class)
                .isThrownBy(() -> client.book(request))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(reason));
        assertThat(client.bookings()).isEmpty();
    }

    @Test
    void sellsARideOfItsOwnBesidesTheRooms() throws IOException {
        assertThat(client.bookTransfer("Venice")).isEqualTo(new Transfer("TRF-1001", "Venice", 5000));
        assertThat(client.bookings()).isEmpty();
    }

    @Test
    void sellsNoRideToACityWithoutHotel() {
        assertThatExceptionOfType(BookingRefusedException.class)
                .isThrownBy(() -> client.bookTransfer(""))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(BookingRefusal.NO_SUCH_CITY));
    }

    @Test
    void cancelsABookingAndStillShowsIt() throws IOException {
        Booking booked = client.book(new BookingRequest("Paris", 1, 15000));

        Booking cancelled = client.cancel(booked.confirmation());

        assertThat(cancelled.status()).isEqualTo("cancelled");
        assertThat(client.bookings()).containsExactly(cancelled);
    }

    @Test
    void refusesToCancelWhatWasNeverBooked() {
        assertThatExceptionOfType(BookingRefusedException.class)
                .isThrownBy(() -> client.cancel("HTL-1/../HTL-2"))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(BookingRefusal.NO_SUCH_BOOKING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"city\":", "{\"city\": 7, \"nights\": 1, \"max_price_cents\": 1}"})
    void answersAMalformedBookingWithABadRequest(String body) throws Exception {
        HttpResponse<String> response = post(body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JsonObject.parse(response.body())
                        .object("error")
                        .orElseThrow()
                        .string("code"))
                .contains("bad_request");
    }

    @Test
    void readsNoBodyBeyondItsLimit() throws Exception {
        HttpResponse<String> response = post("{\"city\": \"" + "x".repeat(JsonExchange.MAX_BODY_BYTES) + "\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(hotel.bookings()).isEmpty();
    }

    private HttpResponse<String> post(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hotel.uri().resolve("/bookings"))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void numbersEveryBookingOfManyGuestsOnce() throws Exception {
        ExecutorService guests = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Booking>> wishes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                wishes.add(() -> client.book(new BookingRequest("Lisbon", 1, 9000)));
            }
            for (Future<Booking> booking : guests.invokeAll(wishes)) {
                assertThat(hotel.bookings()).contains(booking.get());
            }
        } finally {
            guests.shutdownNow();
        }
        assertThat(hotel.bookings())
                .hasSize(20)
                .extracting(Booking::confirmation)
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesItOpenWhenTheHotelDoesNotAnswer() {
        hotel.close();

        assertThatIOException().isThrownBy(() -> client.book(new BookingRequest("Lisbon", 1, 9000)));
    }

    @Test
    void leavesItOpenWhenTheAnswerIsUnusable() {
        try (LoopbackServer broken = LoopbackServer.start(
                exchange -> new JsonExchange(exchange).reply(200, new JsonString("booked, trust me")))) {
            assertThatIOException()
                    .isThrownBy(() -> new HotelClient(broken.uri()).book(new BookingRequest("Lisbon", 1, 9000)));
        }
    }
}
