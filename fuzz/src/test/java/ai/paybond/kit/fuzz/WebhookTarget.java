package ai.paybond.kit.fuzz;

import ai.paybond.kit.paegents.webhook.WebhookSecret;
import ai.paybond.kit.paegents.webhook.WebhookVerdict;
import ai.paybond.kit.paegents.webhook.WebhookVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The header that a webhook is signed with: a line of it, then the body. Only the one that was signed is genuine. */
final class WebhookTarget implements FuzzTarget {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    private final WebhookVerifier verifier =
            new WebhookVerifier(List.of(WebhookSecret.of("whsec_" + "k".repeat(32))), Duration.ofMinutes(5), CLOCK);

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        input.choice(1);
        String header = input.line();
        if (verifier.verify(header, input.rest()) instanceof WebhookVerdict.Genuine) {
            throw new AssertionError("genuine although nothing was ever signed with this secret");
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        String signature = "0123456789abcdef".repeat(4);
        seeds.add(Input.of('a', "t=1700000000,v1=" + signature + "\n{\"type\":\"x\"}"));
        seeds.add(Input.of('a', "t=1700000000,v1=" + signature + ",v1=" + signature + ",v0=a\n{}"));
        Vectors.texts("paegents", "paegents-webhook").stream()
                .filter(text -> text.contains("t="))
                .forEach(text -> seeds.add(Input.of('a', (text + "\n{}").getBytes(StandardCharsets.UTF_8))));
        return seeds;
    }
}
