package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.annotation.CapabilityGuarded;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A tool that costs one unit per call, for both frameworks. What it needs to be allowed is declared beside it; that it is paid
 * for by an agreement is the guard's business.
 */
public final class Translator {
    private final URI seller;
    private final HttpClient http = HttpClient.newHttpClient();

    public Translator(URI seller) {
        this.seller = seller;
    }

    @dev.langchain4j.agent.tool.Tool(name = "translate", value = "Translates a text.")
    @org.springframework.ai.tool.annotation.Tool(name = "translate", description = "Translates a text.")
    @CapabilityGuarded(spendCents = 0, withoutEvidence = true)
    public String translate(@dev.langchain4j.agent.tool.P(name = "text", value = "The text") String text)
            throws IOException, InterruptedException {
        String body = JsonObject.builder().put("text", text).build().toJson();
        HttpRequest request = HttpRequest.newBuilder(seller)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JsonObject.parse(answer).string("text").orElse("");
    }
}
