package ai.paybond.kit.examples.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ai.paybond.kit.examples.http.JsonExchange;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOpenAiServerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final String USER_TURN = "{\"role\":\"user\",\"content\":\"Book two rooms\"}";
    private static final String OPEN_CALL =
            "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\"}]}";

    private final LocalOpenAiServer server = LocalOpenAiServer.start(
            Clock.fixed(NOW, ZoneOffset.UTC), Scenario.resource(LocalOpenAiServerTest.class, "two-rooms.json"));

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void answersWithTheToolCallsOfTheFirstStepThatFits() throws Exception {
        JsonObject completion =
                JsonObject.parse(chat("two-rooms", false, USER_TURN).body());

        assertThat(completion.string("object")).contains("chat.completion");
        assertThat(completion.integer("created")).contains(NOW.getEpochSecond());
        JsonObject choice = completion
                .array("choices")
                .orElseThrow()
                .objectItems()
                .findFirst()
                .orElseThrow();
        assertThat(choice.string("finish_reason")).contains("tool_calls");
        List<JsonObject> calls = choice.object("message")
                .orElseThrow()
                .array("tool_calls")
                .orElseThrow()
                .objectItems()
                .toList();
        assertThat(calls)
                .extracting(call -> call.string("id").orElseThrow())
                .containsExactly("call_00000001", "call_00000002");
        assertThat(calls.get(0).object("function").orElseThrow().string("arguments"))
                .contains("{\"city\":\"Lisbon\",\"nights\":2,\"maxPriceCents\":18000}");
    }

    @Test
    void streamsIdAndNameFirstThenArgumentsInFragmentsThenDone() throws Exception {
        List<String> events = chat("two-rooms", true, USER_TURN)
                .body()
                .lines()
                .filter(line -> !line.isEmpty())
                .map(line -> line.substring("data: ".length()))
                .toList();

        assertThat(events).last().isEqualTo("[DONE]");
        List<JsonObject> deltas = events.subList(0, events.size() - 1).stream()
                .map(JsonObject::parse)
                .map(LocalOpenAiServerTest::delta)
                .toList();
        List<JsonObject> firstCall = deltas.stream()
                .flatMap(delta -> delta.array("tool_calls").stream())
                .flatMap(calls -> calls.objectItems())
                .filter(call -> call.integer("index").orElseThrow() == 0)
                .toList();
        assertThat(firstCall).hasSizeGreaterThan(3);
        assertThat(firstCall.get(0).string("id")).contains("call_00000001");
        assertThat(firstCall.stream().skip(1)).noneMatch(call -> call.has("id"));
        assertThat(firstCall.stream()
                        .map(call -> call.object("function")
                                .orElseThrow()
                                .string("arguments")
                                .orElseThrow())
                        .collect(Collectors.joining()))
                .isEqualTo("{\"city\":\"Lisbon\",\"nights\":2,\"maxPriceCents\":18000}");
    }

    private static JsonObject delta(JsonObject chunk) {
        return chunk.array("choices")
                .orElseThrow()
                .objectItems()
                .findFirst()
                .orElseThrow()
                .object("delta")
                .orElseThrow();
    }

    @Test
    void passesArgumentsThatAreNotJsonOnAsTheyAre() throws Exception {
        String body = chat(
                        "two-rooms",
                        false,
                        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"nonsense\"}]}")
                .body();

        assertThat(body).contains("\"arguments\":\"{\\\"city\\\": \\\"Lis\"");
    }

    @Test
    void recordsWhatTheModelGotToSee() throws Exception {
        chat(
                "two-rooms",
                false,
                USER_TURN + "," + OPEN_CALL
                        + ",{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"booked HTL-1\"}");

        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.toolResults()).containsExactly("booked HTL-1");
            assertThat(request.tools()).containsExactly("book_hotel");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"messages\":[]}|model",
                "{\"model\":\"two-rooms\"}|messages",
                "{\"model\":\"two-rooms\",\"messages\":[]}|messages",
                "{\"model\":\"two-rooms\",\"messages\":[7]}|messages",
                "{\"model\":\"two-rooms\",\"messages\":[{\"role\":\"wizard\"}]}|messages",
                "{\"model\":\"two-rooms\",\"messages\":[{\"role\":\"tool\"}]}|messages",
                "{\"model\":\"two-rooms\",\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"call_9\"}]}|messages",
                "{\"model\":\"two-rooms\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_9\"}]}]}|messages",
                "{\"model\":\"two-rooms\",\"messages\":[{\"role\":\"user\"}],\"tools\":[{}]}|tools"
            })
    void refusesAMalformedRequestAndNamesTheParameter(String body, String param) throws Exception {
        HttpResponse<String> response = post(body, "Bearer any");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).string("param")).contains(param);
        assertThat(error(response).string("type")).contains("invalid_request_error");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "[]", "{\"model\":"})
    void refusesABodyThatIsNotAJsonObject(String body) throws Exception {
        assertThat(post(body, "Bearer any").statusCode()).isEqualTo(400);
    }

    @Test
    void readsNoBodyBeyondItsLimit() throws Exception {
        HttpResponse<String> response =
                post("{\"model\":\"" + "x".repeat(JsonExchange.MAX_BODY_BYTES) + "\"}", "Bearer any");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).string("message")).contains("The body of your request is too large.");
    }

    @ParameterizedTest
    @CsvSource({"''", "Basic abc", "Bearer"})
    void asksForAKey(String authorization) throws Exception {
        HttpResponse<String> response = post("{}", authorization);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(error(response).string("code")).contains("invalid_api_key");
    }

    @Test
    void knowsNoModelButItsScenarios() throws Exception {
        HttpResponse<String> response = chat("gpt-unknown", false, USER_TURN);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(error(response).string("code")).contains("model_not_found");
    }

    @Test
    void refusesAConversationThatLeftTheScript() throws Exception {
        HttpResponse<String> response = chat("two-rooms", false, "{\"role\":\"system\",\"content\":\"\"}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error(response).string("code")).contains("off_script");
    }

    @Test
    void listsItsModels() throws Exception {
        HttpResponse<String> response = send(request("/v1/models", "Bearer any").GET());

        assertThat(JsonObject.parse(response.body()).array("data").orElseThrow().objectItems())
                .singleElement()
                .satisfies(model -> assertThat(model.string("id")).contains("two-rooms"));
    }

    @Test
    void answersAnUnknownUrlInTheSameShape() throws Exception {
        HttpResponse<String> response =
                send(request("/v1/responses", "Bearer any").GET());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(error(response).string("code")).contains("unknown_url");
    }

    @Test
    void answersNobodyOnceItIsClosed() {
        server.close();

        assertThatIOException()
                .isThrownBy(() -> send(request("/v1/models", "Bearer any").GET()));
    }

    private HttpResponse<String> chat(String model, boolean stream, String messages) throws Exception {
        return post(
                "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[" + messages
                        + "],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"book_hotel\"}}]}",
                "Bearer any");
    }

    private HttpResponse<String> post(String body, String authorization) throws Exception {
        return send(request("/v1/chat/completions", authorization).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String authorization) {
        URI uri = server.baseUrl().resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        return authorization.isEmpty() ? request : request.header("authorization", authorization);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static JsonObject error(HttpResponse<String> response) {
        return JsonObject.parse(response.body()).object("error").orElseThrow();
    }
}
