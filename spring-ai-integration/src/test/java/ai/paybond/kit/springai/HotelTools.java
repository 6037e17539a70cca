package ai.paybond.kit.springai;

import ai.paybond.kit.annotation.CapabilityGuarded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** Tools that keep what they ran with. */
class HotelTools {

    final List<String> ran = Collections.synchronizedList(new ArrayList<>());
    volatile @Nullable Thread thread;

    @Tool
    @CapabilityGuarded(operation = "travel.book_hotel", spendFrom = "cents", withoutEvidence = true)
    public String book(String city, int cents) {
        thread = Thread.currentThread();
        ran.add("book " + city + " " + cents);
        return "booked " + city;
    }

    @Tool
    @CapabilityGuarded(operation = "travel.list_hotels", spendCents = 0, withoutEvidence = true)
    public List<String> list(@ToolParam(required = false) @Nullable String city) {
        ran.add("list " + city);
        return List.of("Ritz", "Ibis");
    }

    @Tool(returnDirect = true)
    @CapabilityGuarded(spendCents = 100, withoutEvidence = true)
    public String brochure() {
        ran.add("brochure");
        return "a brochure";
    }

    @Tool
    @CapabilityGuarded(spendCents = 100, withoutEvidence = true)
    public String idOfCall(ToolContext context) {
        ran.add("idOfCall");
        return context.getContext().toString();
    }

    @Tool
    @CapabilityGuarded(spendCents = 100, withoutEvidence = true)
    public String soldOut() {
        throw new IllegalStateException("no rooms left");
    }

    @Tool
    @CapabilityGuarded(spendCents = 100, withoutEvidence = true)
    public String timeout() {
        throw new UncheckedIOException(new IOException("connection reset"));
    }

    @Tool
    @CapabilityGuarded(spendCents = 100, doubtfulFailures = UnsupportedOperationException.class, withoutEvidence = true)
    public String badGateway() {
        throw new UnsupportedOperationException("502");
    }

    @Tool
    @CapabilityGuarded(spendCents = 100, cleanFailures = UncheckedIOException.class, withoutEvidence = true)
    public String neverConnected() {
        throw new UncheckedIOException(new IOException("connection refused"));
    }

    @Tool
    @CapabilityGuarded(spendCents = 100, withoutEvidence = true)
    public String broken() {
        throw new StackOverflowError("deep");
    }

    @Tool
    public String undeclared() {
        ran.add("undeclared");
        return "ran";
    }
}
