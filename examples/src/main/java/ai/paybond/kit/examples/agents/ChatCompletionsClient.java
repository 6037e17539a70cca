package ai.paybond.kit.examples.agents;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** As much of the chat completions API as a loop over tool calls needs. */
final class ChatCompletionsClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ModelEndpoint endpoint;
    private final JsonArray tools;

    ChatCompletionsClient(ModelEndpoint endpoint, JsonArray tools) {
        this.endpoint = endpoint;
        this.tools = tools;
    }

    /**
     * Gives the model's next message.
     *
     * @throws UncheckedIOException when the service does not answer, refuses, or answers without a message
     */
    JsonObject next(List<JsonObject> messages) {
        JsonObject body = JsonObject.builder()
                .put("model", endpoint.model())
                .put("messages", messages)
                .put("tools", tools)
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint.baseUrl() + "/chat/completions"))
                .timeout(TIMEOUT)
                .header("authorization", "Bearer " + endpoint.apiKey())
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body.toJson()))
                .build();
        try {
            return message(http.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while the model was asked"));
        }
    }

    private static JsonObject message(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("the model's service answered with status " + response.statusCode());
        }
        return JsonObject.parse(response.body())
                .array("choices")
                .flatMap(choices -> choices.objectItems().findFirst())
                .flatMap(choice -> choice.object("message"))
                .orElseThrow(() -> new IOException("the model's service answered without a message"));
    }
}
