package ai.paybond.kit.springai.starter;

import ai.paybond.kit.annotation.CapabilityGuarded;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/** An application that knows nothing of Paybond Kit but the annotation on its tool. */
@SpringBootApplication
class TravelApplication {

    @Bean
    TravelTools travelTools() {
        return new TravelTools();
    }

    @Bean
    TravelAgent travelAgent(ChatClient.Builder builder, TravelTools tools) {
        return new TravelAgent(builder.build(), tools);
    }

    record TravelAgent(ChatClient client, TravelTools tools) {

        String call(String question) {
            return client.prompt(question).tools(tools).call().content();
        }

        Flux<String> stream(String question) {
            return client.prompt(question).tools(tools).stream().content();
        }
    }

    static class TravelTools {

        private final AtomicInteger bookings = new AtomicInteger();

        @Tool(name = "book_hotel", description = "Books a hotel room.")
        @CapabilityGuarded(
                operation = "travel.book_hotel",
                spendFrom = "priceCents",
                evidence = {"status", "cost_cents"})
        public Map<String, Object> bookHotel(String city, long priceCents) {
            bookings.incrementAndGet();
            return Map.of("status", "completed", "cost_cents", priceCents, "city", city);
        }

        int bookings() {
            return bookings.get();
        }
    }
}
