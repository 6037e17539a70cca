package ai.paybond.kit.examples.hotel;

import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * The hotel's client, which the agents' tools call. It keeps two failures apart, because the guard does:
 * {@link BookingRefusedException} says that nothing was booked, an {@link IOException} leaves it open.
 */
public final class HotelClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI service;

    /** A client of the hotel at {@code service}, for example {@link HotelService#uri()}. */
    public HotelClient(URI service) {
        this.service = service;
    }

    /**
     * Books a room.
     *
     * @throws BookingRefusedException when the hotel said no; nothing was booked
     * @throws IOException when the answer did not come or is unusable; the hotel may have booked
     */
    public Booking book(BookingRequest request) throws IOException {
        return read(exchange(post("/bookings", request.toJson())), Booking::fromJson);
    }

    /**
     * Books a ride from the airport to the hotel, at a fixed price.
     *
     * @throws BookingRefusedException when there is no hotel in this city; nothing was booked
     * @throws IOException when the answer did not come or is unusable; the hotel may have booked
     */
    public Transfer bookTransfer(String city) throws IOException {
        JsonObject wish = JsonObject.builder().put("city", city).build();
        return read(exchange(post("/transfers", wish)), Transfer::fromJson);
    }

    /**
     * Cancels a booking.
     *
     * @throws BookingRefusedException when there is no such booking
     * @throws IOException when the answer did not come or is unusable
     */
    public Booking cancel(String confirmation) throws IOException {
        HttpRequest.Builder request = to("/bookings/" + URLEncoder.encode(confirmation, StandardCharsets.UTF_8))
                .DELETE();
        return read(exchange(request), Booking::fromJson);
    }

    /**
     * Lists every booking, oldest first.
     *
     * @throws IOException when the answer did not come or is unusable
     */
    public List<Booking> bookings() throws IOException {
        JsonObject reply = exchange(to("/bookings").GET());
        List<Booking> bookings = new ArrayList<>();
        for (JsonObject item : reply.array("bookings")
                .orElseThrow(HotelClient::unusable)
                .objectItems()
                .toList()) {
            bookings.add(read(item, Booking::fromJson));
        }
        return List.copyOf(bookings);
    }

    private HttpRequest.Builder post(String path, JsonObject body) {
        return to(path).header("content-type", "application/json").POST(BodyPublishers.ofString(body.toJson()));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).timeout(TIMEOUT);
    }

    private JsonObject exchange(HttpRequest.Builder request) throws IOException {
        HttpResponse<byte[]> response = send(request.build());
        JsonObject body = parse(response.body());
        if (response.statusCode() / 100 == 2) {
            return body;
        }
        JsonObject error = body.object("error").orElseThrow(HotelClient::unusable);
        BookingRefusal refusal =
                error.string("code").flatMap(BookingRefusal::ofCode).orElseThrow(HotelClient::unusable);
        throw new BookingRefusedException(refusal, error.string("message").orElse(refusal.code()));
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the hotel was asked");
        }
    }

    private static JsonObject parse(byte[] body) throws IOException {
        try {
            return JsonObject.parse(body);
        } catch (JsonException e) {
            throw unusable();
        }
    }

    private static <T> T read(JsonObject json, Function<JsonObject, T> reader) throws IOException {
        try {
            return reader.apply(json);
        } catch (NoSuchElementException | ArithmeticException e) {
            throw unusable();
        }
    }

    private static IOException unusable() {
        return new IOException("the hotel's answer is unusable");
    }
}
