package ai.paybond.kit.paegents.conformance;

import ai.paybond.kit.paegents.webhook.WebhookSecret;
import ai.paybond.kit.paegents.webhook.WebhookVerdict;
import ai.paybond.kit.paegents.webhook.WebhookVerdict.Refused;
import ai.paybond.kit.paegents.webhook.WebhookVerifier;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Webhook signatures. */
final class WebhookVectors {
    static final Map<String, Consumer<Vectors>> RUNNERS = Map.of("paegents-webhook.json", WebhookVectors::run);

    private WebhookVectors() {}

    private static void run(Vectors file) {
        file.single("header", entry -> entry.equal("ok", () -> verdict(file.content(), entry.vector(), "header")));
        file.single(
                "headerNoSpace",
                entry -> entry.equal("ok", () -> verdict(file.content(), entry.vector(), "headerNoSpace")));
        file.single(
                "defaultToleranceSeconds",
                entry -> entry.same("defaultToleranceSeconds", () -> WebhookVerifier.DEFAULT_TOLERANCE.toSeconds()));
        file.each("cases", entry -> entry.same("expect", () -> verdict(file.content(), entry.vector(), "header")));
    }

    /** Members that the case lacks are the file's own. */
    private static String verdict(JsonObject file, JsonObject test, String headerMember) {
        JsonObject merged = JsonObject.builder().putAll(file).putAll(test).build();
        String now = Entry.text(merged, test.has("now") ? "now" : "timestamp");
        Clock clock = Clock.fixed(Instant.ofEpochSecond(Long.parseLong(now)), ZoneOffset.UTC);
        Duration tolerance = WebhookVerifier.DEFAULT_TOLERANCE;
        List<WebhookSecret> secrets = List.of(WebhookSecret.of(Entry.text(merged, "secret")));
        byte[] body = Entry.text(merged, "rawBody").getBytes(StandardCharsets.UTF_8);
        return word(new WebhookVerifier(secrets, tolerance, clock).verify(Entry.text(merged, headerMember), body));
    }

    private static String word(WebhookVerdict verdict) {
        if (verdict instanceof Refused refused) {
            return switch (refused.reason()) {
                case MISSING -> "missing";
                case INVALID_HEADER -> "invalid header";
                case OUTSIDE_TOLERANCE -> "outside tolerance";
                case MISMATCH -> "mismatch";
            };
        }
        return "ok";
    }
}
