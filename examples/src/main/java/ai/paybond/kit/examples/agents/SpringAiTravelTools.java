package ai.paybond.kit.examples.agents;

import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.examples.hotel.BookingRequest;
import ai.paybond.kit.examples.hotel.HotelClient;
import java.io.IOException;
import java.util.Map;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Spring AI tools that spend money, each with what it needs to be allowed. */
public final class SpringAiTravelTools {
    private final HotelClient hotel;

    public SpringAiTravelTools(HotelClient hotel) {
        this.hotel = hotel;
    }

    @Tool(name = "book_hotel", description = "Books a hotel room and pays for it.")
    @CapabilityGuarded(
            operation = "travel.book_hotel",
            spendFrom = "maxPriceCents",
            evidence = {"confirmation", "status", "city", "nights", "cost_cents"})
    public Map<String, Object> bookHotel(
            String city,
            int nights,
            @ToolParam(description = "What the whole stay may cost, in US cents") long maxPriceCents)
            throws IOException {
        return hotel.book(new BookingRequest(city, nights, maxPriceCents)).toMap();
    }

    @Tool(name = "book_transfer", description = "Books a ride from the airport to the hotel for 5000 US cents.")
    @CapabilityGuarded(operation = "travel.book_transfer", spendCents = 5000, withoutEvidence = true)
    public Map<String, Object> bookTransfer(String city) throws IOException {
        return hotel.bookTransfer(city).toMap();
    }

    @Tool(name = "cancel_booking", description = "Cancels a hotel booking.")
    @CapabilityGuarded(operation = "travel.cancel_booking", spendCents = 0, withoutEvidence = true)
    public Map<String, Object> cancelBooking(String confirmation) throws IOException {
        return hotel.cancel(confirmation).toMap();
    }
}
