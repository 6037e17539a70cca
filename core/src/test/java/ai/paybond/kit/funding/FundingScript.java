package ai.paybond.kit.funding;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.harbor.HarborSession;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** A session whose server says about the funding of one intent what a test wants. */
final class FundingScript implements AutoCloseable {
    static final String INTENT = "550e8400-e29b-41d4-a716-446655440000";
    static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");
    static final long CENTS = 2_000;
    static final FundingOrder ORDER = FundingOrder.usd(INTENT, CENTS);

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String KEY = "paybond_sk_sandbox_" + "ab".repeat(16) + "_" + "cd".repeat(32);

    final ScriptedServer server = new ScriptedServer();
    final ScriptedMachine machine = new ScriptedMachine();
    final Funding funding;
    private final HarborSession session;
    private final JsonObject view;

    FundingScript(String rail) {
        server.answer(200, "{\"tenant_id\":\"tenant-a\",\"environment\":\"sandbox\"}");
        this.session = HarborSession.open(PaybondOptions.builder(server.url(), ApiKey.of(KEY))
                .recognitionKey("agent-key-1", SigningKey.fromSeedHex("07".repeat(32)))
                .maxAttempts(1)
                .clock(CLOCK)
                .build());
        server.next();
        this.funding = new Funding(session.harbor(), FundingSettings.STANDARD, CLOCK, machine);
        this.view = JsonObject.parse("""
                {"intent_id":"%s","tenant":"tenant-a","state":"open","settlement_rail":"%s","currency":"usd",\
                "amount_cents":2000,"funded":false}""".formatted(INTENT, rail));
    }

    JsonObject view() {
        return view;
    }

    JsonObject view(String status) {
        return view.with("funding", JsonObject.builder().put("status", status).build());
    }

    JsonObject funded() {
        return view.with("state", "funded").with("funded", true).with("capability_token", "dG9rZW4=");
    }

    FundingScript answer(int status, JsonObject body) {
        server.answer(status, body.toJson());
        return this;
    }

    FundingScript challenge(JsonObject body, String header, List<String> lines) {
        server.answer(reply -> {
            MockResponse.Builder built = reply.code(402).body(body.toJson());
            lines.forEach(line -> built.addHeader(header, line));
            return built;
        });
        return this;
    }

    /** One request to fund the intent. */
    RecordedRequest next() {
        RecordedRequest request = server.next();
        if (!request.getRequestLine().equals("POST /harbor/intents/" + INTENT + "/fund HTTP/1.1")) {
            throw new AssertionError(request.getRequestLine());
        }
        return request;
    }

    Duration waited() {
        return machine.pauses().stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        session.close();
        server.close();
    }
}
