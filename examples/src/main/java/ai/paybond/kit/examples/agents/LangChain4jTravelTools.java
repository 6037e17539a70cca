package ai.paybond.kit.examples.agents;

import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.examples.hotel.BookingRequest;
import ai.paybond.kit.examples.hotel.HotelClient;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import java.io.IOException;
import java.util.Map;

/** LangChain4j tools that spend money, each with what it needs to be allowed. */
public final class LangChain4jTravelTools {
    private final HotelClient hotel;

    public LangChain4jTravelTools(HotelClient hotel) {
        this.hotel = hotel;
    }

    @Tool(name = "book_hotel", value = "Books a hotel room and pays for it.")
    @CapabilityGuarded(
            operation = "travel.book_hotel",
            spendFrom = "maxPriceCents",
            evidence = {"confirmation", "status", "city", "nights", "cost_cents"})
    public Map<String, Object> bookHotel(
            @P(name = "city", value = "The city") String city,
            @P(name = "nights", value = "The number of nights") int nights,
            @P(name = "maxPriceCents", value = "What the whole stay may cost, in US cents") long maxPriceCents)
            throws IOException {
        return hotel.book(new BookingRequest(city, nights, maxPriceCents)).toMap();
    }

    @Tool(name = "book_transfer", value = "Books a ride from the airport to the hotel for 5000 US cents.")
    @CapabilityGuarded(operation = "travel.book_transfer", spendCents = 5000, withoutEvidence = true)
    public Map<String, Object> bookTransfer(@P(name = "city", value = "The city") String city) throws IOException {
        return hotel.bookTransfer(city).toMap();
    }

    @Tool(name = "cancel_booking", value = "Cancels a hotel booking.")
    @CapabilityGuarded(operation = "travel.cancel_booking", spendCents = 0, withoutEvidence = true)
    public Map<String, Object> cancelBooking(
            @P(name = "confirmation", value = "The hotel's confirmation number") String confirmation)
            throws IOException {
        return hotel.cancel(confirmation).toMap();
    }
}
