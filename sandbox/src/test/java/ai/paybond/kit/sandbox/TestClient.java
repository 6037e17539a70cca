package ai.paybond.kit.sandbox;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bare HTTP client of one credential. Immutable: {@link #with} returns a changed copy. */
final class TestClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final URI base;
    private final Map<String, String> headers;

    private TestClient(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    static TestClient anonymous(Sandbox sandbox) {
        return new TestClient(sandbox.baseUrl(), Map.of());
    }

    static TestClient of(Sandbox sandbox, SandboxTenant tenant) {
        return anonymous(sandbox).bearer(tenant.apiKey());
    }

    static TestClient of(Sandbox sandbox) {
        return of(sandbox, sandbox.tenant());
    }

    TestClient bearer(String credential) {
        return with("authorization", "Bearer " + credential);
    }

    TestClient with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new TestClient(base, changed);
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    Answer post(String path, JsonObject body) {
        return post(path, body.toJson());
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /** As some kits do: no body, and no content type. */
    Answer postNothing(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    Answer send(String method, String path, String body) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer send(HttpRequest.Builder request) {
        headers.forEach(request::header);
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A reply; {@code code} and {@code text} reach into either error shape. */
    record Answer(int status, String body, HttpResponse<String> response) {
        JsonObject json() {
            return JsonObject.parse(body);
        }

        String text(String member) {
            return json().string(member).orElse("");
        }

        /** The error code, from the nested or the flat shape. */
        String code() {
            return json().object("error")
                    .flatMap(error -> error.string("code"))
                    .or(() -> json().string("error"))
                    .orElse("");
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
