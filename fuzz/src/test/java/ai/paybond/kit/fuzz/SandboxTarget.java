package ai.paybond.kit.fuzz;

import ai.paybond.kit.sandbox.RecognitionMode;
import ai.paybond.kit.sandbox.RouteEntry;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every route of the sandbox, with a good key. Two characters choose the route, a line fills its parameters, the rest is
 * the body; {@code @id} and {@code @token} stand for an intent that is there. Whatever is sent, no answer is a 500.
 */
final class SandboxTarget implements FuzzTarget {
    /** The store is in memory and keeps what it is given. */
    private static final int REQUESTS_OF_ONE_SANDBOX = 20_000;

    private static final int DIGIT = 16;

    private Sandbox sandbox;
    private KeptConnection connection;
    private List<RouteEntry> routes;
    private String intentId = "";
    private String token = "";
    private int requests;

    SandboxTarget() {
        start();
    }

    private void start() {
        sandbox = Sandbox.builder().recognition(RecognitionMode.OFF).start();
        connection =
                new KeptConnection(sandbox.baseUrl().getPort(), sandbox.tenant().apiKey());
        routes = sandbox.routes();
        JsonObject run = JsonObject.parse(connection
                .exchange(
                        "POST",
                        "/v1/sandbox/guardrails/bootstrap",
                        "{\"operation\":\"travel.book_hotel\",\"requested_spend_cents\":20000}"
                                .getBytes(StandardCharsets.UTF_8))
                .body());
        intentId = run.string("intent_id").orElseThrow();
        token = run.string("capability_token").orElseThrow();
    }

    @Override
    public void run(byte[] bytes) {
        if (++requests % REQUESTS_OF_ONE_SANDBOX == 0) {
            connection.close();
            sandbox.close();
            start();
        }
        Input input = new Input(bytes);
        RouteEntry route = routes.get((input.choice(DIGIT) * DIGIT + input.choice(DIGIT)) % routes.size());
        String parameter = filled(input.line());
        String path = route.path().replaceAll("\\{[^}]+}", parameter.isEmpty() ? "x" : segment(parameter));
        int status =
                connection.exchange(route.method(), path, body(input.rest())).status();
        if (status >= 500) {
            throw new AssertionError(route.method() + " " + route.path() + " answered " + status);
        }
    }

    private byte[] body(byte[] rest) {
        String text = new String(rest, StandardCharsets.ISO_8859_1);
        return text.contains("@") ? filled(text).getBytes(StandardCharsets.ISO_8859_1) : rest;
    }

    private String filled(String text) {
        return text.replace("@id", intentId).replace("@token", token);
    }

    private static String segment(String text) {
        StringBuilder segment = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = Character.isLetterOrDigit(b) || b == '-' || b == '.' || b == '_';
            segment.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02x", b & 0xff));
        }
        return segment.toString();
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        List<String> bodies =
                new ArrayList<>(Vectors.objects("wire", "intent-v6").subList(0, 1));
        bodies.add(
                "{\"intent_id\":\"@id\",\"token\":\"@token\",\"capability_token\":\"@token\",\"operation\":\"travel.book_hotel\","
                        + "\"requested_spend_cents\":100,\"tool_call_id\":\"c\",\"context\":{},\"outcome\":\"consumed\",\"status\":\"ok\","
                        + "\"payload\":{\"status\":\"completed\",\"cost_cents\":5},\"reason\":\"r\",\"metadata\":{},\"name\":\"n\"}");
        bodies.add(
                "{\"policy\":{},\"rules\":[],\"currency\":\"usd\",\"daily_limit_cents\":5,\"mandate\":{},\"receipt\":{},"
                        + "\"receipts\":[],\"signals\":[],\"from\":\"2026-01-01T00:00:00Z\",\"kind\":\"x\",\"format\":\"json\"}");
        for (int route = 0; route < routes.size(); route++) {
            String chosen = "" + (char) ('a' + route / DIGIT) + (char) ('a' + route % DIGIT) + "@id\n";
            bodies.forEach(body -> seeds.add((chosen + body).getBytes(StandardCharsets.UTF_8)));
        }
        return seeds;
    }
}
