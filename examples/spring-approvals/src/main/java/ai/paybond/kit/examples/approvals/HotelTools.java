package ai.paybond.kit.examples.approvals;

import ai.paybond.kit.annotation.CapabilityGuarded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.ai.tool.annotation.Tool;

/** The agent's tool, and the hotel's book. */
public class HotelTools {

    private final List<String> booked = Collections.synchronizedList(new ArrayList<>());

    /** Books a room; a person has to approve what costs more than 100 dollars. */
    @Tool(name = "book_hotel", description = "Books a hotel room.")
    @CapabilityGuarded(
            operation = "travel.book_hotel",
            spendFrom = "priceCents",
            approvalAboveCents = 10_000,
            withoutEvidence = true)
    public String bookHotel(String city, long priceCents) {
        booked.add(city + " for " + priceCents);
        return "Booked in " + city + " for " + priceCents + " cents.";
    }

    List<String> booked() {
        return List.copyOf(booked);
    }
}
