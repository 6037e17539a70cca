package ai.paybond.kit.springai.starter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An OpenAI-compatible server on loopback: asks for one booking, then says that it is done. Streams when it is asked to. */
final class LocalModel implements AutoCloseable {

    private static final String CALL = """
            {"index":0,"id":"call_1","type":"function",\
            "function":{"name":"book_hotel","arguments":"{\\"city\\":\\"Paris\\",\\"priceCents\\":18700}"}}""";

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private LocalModel(HttpServer server) {
        this.server = server;
        server.createContext("/v1/chat/completions", this::complete);
        server.start();
    }

    static LocalModel start() throws IOException {
        return new LocalModel(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /** The bodies of all requests. */
    List<String> requests() {
        return requests;
    }

    private void complete(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(request);
        boolean answered = request.contains("\"tool\"") && request.contains("call_1");
        if (request.replace(" ", "").contains("\"stream\":true")) {
            reply(
                    exchange,
                    "text/event-stream",
                    event(chunk(answered, false)) + event(chunk(answered, true)) + event("[DONE]"));
        } else {
            reply(exchange, "application/json", whole(answered));
        }
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private static String message(boolean answered) {
        return answered
                ? "{\"role\":\"assistant\",\"content\":\"Booked.\"}"
                : "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[" + CALL + "]}";
    }

    private static String reason(boolean answered) {
        return answered ? "\"stop\"" : "\"tool_calls\"";
    }

    private static String whole(boolean answered) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"local\",\"choices\":[{\"index\":0,"
                + "\"message\":" + message(answered) + ",\"finish_reason\":" + reason(answered) + "}],"
                + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    }

    private static String chunk(boolean answered, boolean last) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"local\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + (last ? "{}" : message(answered)) + ",\"finish_reason\":"
                + (last ? reason(answered) : "null") + "}]}";
    }

    private static void reply(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
