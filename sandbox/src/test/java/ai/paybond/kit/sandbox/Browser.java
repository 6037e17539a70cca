package ai.paybond.kit.sandbox;

import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One page in a headless Chromium, driven by keys and looked at by its own protocol. */
final class Browser implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final Replies replies = new Replies();
    private final AtomicInteger ids = new AtomicInteger();

    Browser(Path chromium, Path profile, int width, int height) throws Exception {
        this.process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--window-size=" + width + "," + height,
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        URI page = firstPage();
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, replies)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        send("Page.enable", JsonObject.builder().build());
    }

    /** Chromium says on its error stream where it listens. */
    private URI firstPage() throws Exception {
        BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
        Thread reader = new Thread(
                () -> process.inputReader(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("DevTools listening on "))
                        .forEach(line -> addresses.add(line.substring(line.indexOf("ws://")))),
                "chromium-log");
        reader.setDaemon(true);
        reader.start();
        String browser = addresses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (browser == null) {
            throw new IOException("Chromium says nothing");
        }
        URI list = new URI("http", URI.create(browser).getAuthority(), "/json/list", null, null);
        String pages = HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(list).build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();
        return ((ai.paybond.kit.wire.json.JsonArray) JsonValue.parse(pages))
                .objectItems()
                .filter(page -> page.string("type").orElse("").equals("page"))
                .map(page -> URI.create(page.string("webSocketDebuggerUrl").orElseThrow()))
                .findFirst()
                .orElseThrow();
    }

    void open(URI address) throws Exception {
        send("Page.navigate", JsonObject.of(Map.of("url", address.toString())));
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /** What an expression of the page gives, as text. */
    String eval(String expression) throws Exception {
        JsonValue value = evaluated(expression, false).get("value");
        return value == null ? "" : value.toJson().replaceAll("^\"|\"$", "");
    }

    /** Waits until the expression holds in the page. */
    void await(String condition) throws Exception {
        evaluated(
                "new Promise(done => { const look = () => { if (" + condition
                        + ") done(true); else setTimeout(look, 20); }; look(); })",
                true);
    }

    private JsonObject evaluated(String expression, boolean promise) throws Exception {
        JsonObject answer = send(
                "Runtime.evaluate",
                JsonObject.of(Map.of("expression", expression, "awaitPromise", promise, "returnByValue", true)));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.toJson());
        }
        return answer.object("result").orElseThrow();
    }

    /** Presses a key as a person does: {@code Tab}, {@code ArrowRight}, {@code Enter} or one character. */
    void press(String key) throws Exception {
        int code = Map.of("Tab", 9, "Enter", 13, "Escape", 27, "End", 35, "Home", 36, "ArrowLeft", 37, "ArrowRight", 39)
                .getOrDefault(key, 0);
        JsonObject.Builder down =
                JsonObject.builder().put("type", "keyDown").put("key", key).put("windowsVirtualKeyCode", code);
        String text = key.length() == 1 ? key : key.equals("Enter") ? "\r" : null;
        send("Input.dispatchKeyEvent", down.putIfPresent("text", text).build());
        send(
                "Input.dispatchKeyEvent",
                JsonObject.builder()
                        .put("type", "keyUp")
                        .put("key", key)
                        .put("windowsVirtualKeyCode", code)
                        .build());
    }

    void type(String text) throws Exception {
        for (String character : text.split("")) {
            press(character);
        }
    }

    /** Pretends that the person prefers this scheme, {@code light} or {@code dark}. */
    void prefer(String scheme) throws Exception {
        JsonObject feature = JsonObject.of(Map.of("name", "prefers-color-scheme", "value", scheme));
        send("Emulation.setEmulatedMedia", JsonObject.of(Map.of("features", List.of(feature))));
    }

    void resize(int width, int height) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                JsonObject.of(Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false)));
    }

    void takePicture(Path file) throws Exception {
        String png = send("Page.captureScreenshot", JsonObject.builder().build())
                .string("data")
                .orElseThrow();
        Files.write(file, Base64.getDecoder().decode(png));
    }

    private JsonObject send(String method, JsonObject parameters) throws Exception {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> reply = replies.expect(id);
        JsonObject message = JsonObject.of(Map.of("id", id, "method", method, "params", parameters));
        socket.sendText(message.toJson(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        JsonObject answer = reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return answer.object("result").orElseThrow(() -> new AssertionError(answer.toJson()));
    }

    /** Asked to go, Chromium takes its helpers along; killed, it would leave them writing into the profile. */
    @Override
    public void close() throws Exception {
        send("Browser.close", JsonObject.builder().build());
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Brings replies to those who asked; events are of no interest. */
    private static final class Replies implements WebSocket.Listener {
        private final Map<Long, CompletableFuture<JsonObject>> expected = new ConcurrentHashMap<>();
        private final StringBuilder text = new StringBuilder();

        CompletableFuture<JsonObject> expect(long id) {
            return expected.computeIfAbsent(id, any -> new CompletableFuture<>());
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonObject message = JsonObject.parse(
                        text.toString(),
                        new ai.paybond.kit.wire.json.JsonLimits(
                                64 << 20, 64, ai.paybond.kit.wire.json.JsonLimits.DuplicateKeys.REFUSE));
                text.setLength(0);
                message.integer("id").map(expected::remove).ifPresent(reply -> reply.complete(message));
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
