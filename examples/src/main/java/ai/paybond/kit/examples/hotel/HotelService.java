package ai.paybond.kit.examples.hotel;

import ai.paybond.kit.examples.http.BodyTooLargeException;
import ai.paybond.kit.examples.http.JsonExchange;
import ai.paybond.kit.examples.http.LoopbackServer;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.net.URI;
import java.util.List;

/**
 * A hotel's booking service over HTTP on loopback, with its own database:
 *
 * <pre>
 * POST   /bookings                 {"city", "nights", "max_price_cents"} -> 201 and the booking
 * GET    /bookings                 -> {"bookings": [...]}, oldest first
 * DELETE /bookings/{confirmation}  -> 200 and the booking, cancelled
 * POST   /transfers                {"city"} -> 201 and the ride from the airport, at 5000 cents
 * </pre>
 *
 * A refusal is {@code {"error": {"code", "message"}}} with a code of {@link BookingRefusal}. Lisbon and Paris have
 * rooms; Venice is sold out.
 */
public final class HotelService implements AutoCloseable {
    private final HotelDatabase database;
    private final LoopbackServer server;

    private HotelService(HotelDatabase database) {
        this.database = database;
        this.server = LoopbackServer.start(refusing(Handlers.routing()
                .post("/bookings", this::book)
                .get("/bookings", this::list)
                .delete("/bookings/{confirmation}", this::cancel)
                .post("/transfers", this::bookTransfer)));
    }

    /** Starts an empty hotel on a free port. */
    public static HotelService start() {
        return new HotelService(HotelDatabase.open());
    }

    /** Where the service listens. */
    public URI uri() {
        return server.uri();
    }

    /** Every booking in the database, oldest first. */
    public List<Booking> bookings() {
        return database.bookings();
    }

    private void book(HttpServerExchange exchange) {
        JsonExchange json = new JsonExchange(exchange);
        json.reply(201, database.book(BookingRequest.fromJson(json.body())).toJson());
    }

    private void list(HttpServerExchange exchange) {
        List<JsonObject> bookings =
                database.bookings().stream().map(Booking::toJson).toList();
        new JsonExchange(exchange)
                .reply(200, JsonObject.builder().put("bookings", bookings).build());
    }

    private void cancel(HttpServerExchange exchange) {
        JsonExchange json = new JsonExchange(exchange);
        json.reply(200, database.cancel(json.pathParameter("confirmation")).toJson());
    }

    private void bookTransfer(HttpServerExchange exchange) {
        JsonExchange json = new JsonExchange(exchange);
        String city = json.body().string("city").orElse("");
        json.reply(201, database.bookTransfer(city).toJson());
    }

    private static HttpHandler refusing(HttpHandler routes) {
        return exchange -> {
            try {
                routes.handleRequest(exchange);
            } catch (BookingRefusedException e) {
                refuse(exchange, e.refusal(), e.explanation());
            } catch (JsonException e) {
                refuse(exchange, BookingRefusal.BAD_REQUEST, "the body is not a JSON object");
            } catch (BodyTooLargeException e) {
                refuse(exchange, BookingRefusal.BAD_REQUEST, "the body is too large");
            }
        };
    }

    private static void refuse(HttpServerExchange exchange, BookingRefusal refusal, String message) {
        JsonObject error = JsonObject.builder()
                .put("code", refusal.code())
                .put("message", message)
                .build();
        new JsonExchange(exchange)
                .reply(
                        refusal.status(),
                        JsonObject.builder().put("error", error).build());
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
