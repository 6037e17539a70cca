package ai.paybond.kit.langchain4j;

import ai.paybond.kit.annotation.CapabilityGuarded;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The tools of the tests: they book, buy and fail, and remember what they really did. */
class TravelTools {
    final List<String> done = new CopyOnWriteArrayList<>();

    record Booking(String status, long costCents, String city) {}

    @Tool("Books a hotel room")
    @CapabilityGuarded(
            operation = "travel.book_hotel",
            spendFrom = "priceCents",
            evidence = {"status", "costCents"})
    Booking bookHotel(@P(name = "city") String city, @P(name = "priceCents") long priceCents) {
        done.add("hotel " + city + " " + priceCents);
        return new Booking("confirmed", priceCents, city);
    }

    @Tool("Looks for hotels")
    @CapabilityGuarded(readOnly = true)
    String searchHotels(@P(name = "city") String city) {
        done.add("search " + city);
        return "Hotel Lutetia";
    }

    @Tool(value = "Sends a postcard and ends the turn", returnBehavior = ReturnBehavior.IMMEDIATE)
    @CapabilityGuarded(operation = "travel.postcard", spendCents = 200, withoutEvidence = true)
    String sendPostcard(@P(name = "text", defaultValue = "Greetings") String text) {
        done.add("postcard " + text);
        return "sent";
    }

    @Tool("Rates a hotel")
    @CapabilityGuarded(operation = "travel.rate", spendCents = 50, withoutEvidence = true)
    String rate(@P(name = "stars") int stars) {
        done.add("rate " + stars);
        return "rated";
    }

    @Tool("Fails in the way it is told")
    @CapabilityGuarded(operation = "travel.fail", spendCents = 100, withoutEvidence = true)
    String fail(@P(name = "how") String how) throws Exception {
        done.add("fail " + how);
        switch (how) {
            case "cleanly" -> throw new IllegalStateException("no rooms left");
            case "in doubt" -> throw new IOException("connection reset by booking.example");
            case "with an error" -> throw new StackOverflowError("too deep");
            default -> throw new IllegalArgumentException(how);
        }
    }
}
