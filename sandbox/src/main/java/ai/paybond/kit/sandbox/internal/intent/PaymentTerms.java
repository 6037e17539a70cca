package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.commerce.Payments;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the payer of one intent is asked for, in the words of the public x402 and Payment schemes, and whether a payment says
 * the same. A payment in another form says nothing that could be compared and is taken for one.
 */
final class PaymentTerms {
    static final String RECEIVER = "0x000000000000000000000000000000000000b0Ad";
    static final String USDC_ON_BASE = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913";
    private static final String BASE = "eip155:8453";
    private static final Duration GOOD_FOR = Duration.ofMinutes(10);

    private final IntentRow intent;
    private final String endpoint;
    private final Instant now;

    PaymentTerms(IntentRow intent, String endpoint, Instant now) {
        this.intent = intent;
        this.endpoint = endpoint;
        this.now = now;
    }

    /** The header of a 402. */
    Map<String, String> challenge(@Nullable String error) {
        return FundingRail.of(intent) == FundingRail.STRIPE_MPP
                ? Map.of(
                        "www-authenticate",
                        Stream.of(Kind.values()).map(this::mppChallenge).collect(Collectors.joining(", ")),
                        "cache-control",
                        "no-store")
                : Map.of("payment-required", x402Challenge(error).toJson());
    }

    /** What a payment says that it should not. */
    Optional<String> fault(String payment) {
        return FundingRail.of(intent) == FundingRail.STRIPE_MPP ? mppFault(payment) : x402Fault(payment);
    }

    private JsonObject x402Challenge(@Nullable String error) {
        return JsonObject.builder()
                .put("x402Version", 2)
                .putIfPresent("error", error)
                .put("resource", JsonObject.builder().put("url", endpoint).build())
                .put("accepts", List.of(accepted()))
                .build();
    }

    private JsonObject accepted() {
        JsonObject token =
                JsonObject.builder().put("name", "USD Coin").put("version", "2").build();
        return JsonObject.builder()
                .put("scheme", "exact")
                .put("network", BASE)
                .put("amount", units())
                .put("asset", USDC_ON_BASE)
                .put("payTo", RECEIVER)
                .put("maxTimeoutSeconds", GOOD_FOR.toSeconds())
                .put("extra", token)
                .build();
    }

    private String units() {
        return Payments.usdcBaseUnits(intent.amountCents()).toString();
    }

    private Optional<String> x402Fault(String payment) {
        return decoded(payment, Base64.getDecoder())
                .filter(json -> json.has("x402Version"))
                .flatMap(json -> x402Fault(json));
    }

    private Optional<String> x402Fault(JsonObject payment) {
        JsonObject none = JsonObject.builder().build();
        JsonObject accepted = payment.object("accepted").orElse(payment);
        JsonObject transfer = payment.object("payload")
                .flatMap(payload -> payload.object("authorization"))
                .orElse(none);
        JsonObject terms = accepted();
        return Stream.of("scheme", "network", "amount", "asset", "payTo")
                .filter(accepted::has)
                .filter(member -> !same(accepted, member, terms.string(member).orElseThrow()))
                .findFirst()
                .or(() -> same(transfer, "value", units()) ? Optional.empty() : Optional.of("value"))
                .or(() -> same(transfer, "to", RECEIVER) ? Optional.empty() : Optional.of("to"))
                .or(() -> foreign(payment))
                .map(member -> "invalid_payment_" + member);
    }

    private Optional<String> foreign(JsonObject payment) {
        return payment.object("resource")
                .flatMap(resource -> resource.string("url"))
                .filter(url -> !url.endsWith(endpoint))
                .map(url -> "resource");
    }

    private static boolean same(JsonObject json, String member, String expected) {
        return json.string(member).filter(expected::equalsIgnoreCase).isPresent();
    }

    /** The two ways to pay by the Payment scheme. */
    private enum Kind {
        CHARGE("charge", "stripe"),
        SESSION("session", "tempo");

        private final String intent;
        private final String method;

        Kind(String intent, String method) {
            this.intent = intent;
            this.method = method;
        }
    }

    private String mppChallenge(Kind kind) {
        return "Payment id=\"" + mppId(kind)
                + "\", realm=\"paybond-sandbox\", method=\"" + kind.method
                + "\", intent=\"" + kind.intent
                + "\", request=\"" + mppRequest(kind)
                + "\", expires=\"" + now.plus(GOOD_FOR).truncatedTo(ChronoUnit.SECONDS) + '"';
    }

    /** Another one for each intent, so that a credential for one pays no other. */
    private String mppId(Kind kind) {
        String text = intent.tenantId() + '\n' + intent.intentId() + '\n' + kind.intent;
        return Digest32.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    }

    private String mppRequest(Kind kind) {
        JsonObject request = kind == Kind.CHARGE
                ? JsonObject.builder()
                        .put("amount", Long.toString(intent.amountCents()))
                        .put("currency", "usd")
                        .put("recipient", "acct_sandbox")
                        .build()
                : JsonObject.builder()
                        .put("suggestedDeposit", units())
                        .put("currency", "usdc")
                        .put("recipient", RECEIVER)
                        .build();
        return url(request);
    }

    /** The receipt of the Payment scheme. */
    String mppReceipt() {
        return url(JsonObject.builder()
                .put("status", "success")
                .put("timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("reference", intent.intentId())
                .build());
    }

    private static String url(JsonObject json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> mppFault(String payment) {
        String credential = payment.replaceFirst("(?i)^Payment\\s+", "");
        return decoded(credential, Base64.getUrlDecoder())
                .flatMap(json -> json.object("challenge"))
                .filter(echo -> Stream.of(Kind.values()).noneMatch(kind -> answers(echo, kind)))
                .map(echo -> "credential_rejected");
    }

    private boolean answers(JsonObject echo, Kind kind) {
        return echo.string("id").filter(mppId(kind)::equals).isPresent()
                && echo.string("method").filter(kind.method::equals).isPresent()
                && echo.string("intent").filter(kind.intent::equals).isPresent()
                && echo.string("request").filter(mppRequest(kind)::equals).isPresent();
    }

    private static Optional<JsonObject> decoded(String text, Base64.Decoder base64) {
        try {
            byte[] json = text.startsWith("{") ? text.getBytes(StandardCharsets.UTF_8) : base64.decode(text);
            return Optional.of(JsonObject.parse(json));
        } catch (IllegalArgumentException | JsonException e) {
            return Optional.empty();
        }
    }
}
