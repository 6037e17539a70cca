package ai.paybond.kit.examples.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as its page uses it, over real HTTP. */
class ApprovalsApplicationTest {

    private static final String CSRF = "2f1c7a6e-0f55-4f9b-8d6b-2f6f0c8d3b11";

    private static ConfigurableApplicationContext application;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        application = ApprovalsApplication.start("--server.port=0");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private HttpRequest.Builder request(String path, String user) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
        String port = application.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Basic " + credentials);
    }

    private String get(String path, String user) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(path, user).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private JsonObject post(String path, String user, String body) throws IOException, InterruptedException {
        HttpRequest request = request(path, user)
                .headers("Content-Type", "application/json", "Cookie", "XSRF-TOKEN=" + CSRF, "X-XSRF-TOKEN", CSRF)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonObject.parse(response.body());
    }

    private String say(String text) throws IOException, InterruptedException {
        return post("/chat", "ann", "{\"text\":\"" + text + "\"}")
                .string("reply")
                .orElseThrow();
    }

    private JsonObject onlyWaiting() throws IOException, InterruptedException {
        var waiting = JsonObject.parse(get("/paybond/approvals", "dave"))
                .array("waiting")
                .orElseThrow()
                .items();
        assertThat(waiting).hasSize(1);
        return (JsonObject) waiting.get(0);
    }

    private static String answerTo(JsonObject call, String more) {
        return "{\"intent_id\":\"" + call.string("intent_id").orElseThrow() + "\",\"call_id\":\""
                + call.string("call_id").orElseThrow() + "\",\"arguments_digest\":\""
                + call.string("arguments_digest").orElseThrow() + "\"" + more + "}";
    }

    @Test
    void waitsForAPersonAndGoesOnWithTheConversation() throws Exception {
        HotelTools hotel = application.getBean(HotelTools.class);
        int before = hotel.booked().size();

        assertThat(say("Book a room.")).contains("paybond_approval_required");
        assertThat(hotel.booked()).hasSize(before);
        assertThat(JsonObject.parse(get("/paybond/approvals", "ann"))
                        .array("waiting")
                        .orElseThrow()
                        .items())
                .as("who travels does not approve")
                .isEmpty();

        JsonObject told = post("/paybond/approvals/approve", "dave", answerTo(onlyWaiting(), ""));

        assertThat(told.string("state")).contains("delivered");
        assertThat(hotel.booked()).hasSize(before + 1).last().isEqualTo("Paris for 18700");
        assertThat(say("And now?")).contains("Booked in Paris for 18700 cents.");
    }

    @Test
    void tellsTheConversationWhyACallWasRejected() throws Exception {
        HotelTools hotel = application.getBean(HotelTools.class);
        int before = hotel.booked().size();
        say("Book another room.");

        post("/paybond/approvals/reject", "dave", answerTo(onlyWaiting(), ",\"reason\":\"too dear\""));

        assertThat(hotel.booked()).hasSize(before);
        assertThat(say("And now?")).contains("approval.rejected", "too dear");
    }

    @Test
    void servesAPageThatAsksNobodyElse() throws Exception {
        assertThat(get("/", "dave"))
                .contains("paybond/approvals")
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("src=");
    }
}
