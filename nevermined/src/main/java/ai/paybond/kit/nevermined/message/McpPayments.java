package ai.paybond.kit.nevermined.message;

import ai.paybond.kit.nevermined.PaymentPayload;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Payments in the {@code _meta} of MCP requests and results. */
public final class McpPayments {
    /** Where a request carries its payment payload. */
    public static final String META_PAYMENT = "x402/payment";

    /** Where a result carries its receipt. */
    public static final String META_RECEIPT = "x402/payment-response";

    /** Where a result carries Nevermined's own data. */
    public static final String META_CREDITS = "nevermined/credits";

    /** The JSON-RPC code of a server that is set up wrongly. */
    public static final int CODE_MISCONFIGURATION = -32002;

    /** The JSON-RPC code of an unpaid resource or prompt. */
    public static final int CODE_PAYMENT_REQUIRED = -32003;

    /** The longest payment payload that is read, as JSON text. */
    public static final int MAX_PAYLOAD_CHARS = 65_536;

    /** {@code error} of a call without a good payment. */
    public static final String ERROR_PAYMENT_REQUIRED = "payment required";

    /** {@code error} when the agent's plans cannot be listed. */
    public static final String ERROR_PLANS_UNAVAILABLE = "plans unavailable";

    /** {@code error} of a result withheld because charging failed. */
    public static final String ERROR_SETTLEMENT_FAILED = "settlement failed";

    private McpPayments() {}

    /** The request's parameters with the payment in their {@code _meta}. */
    public static JsonObject withPayment(JsonObject params, PaymentPayload payment) {
        return withMeta(params, Map.of(META_PAYMENT, payment.json()));
    }

    /** The payment of a request; empty if there is none, it is no object, or it is too long. */
    public static Optional<PaymentPayload> payment(JsonObject params) {
        return params.object("_meta")
                .flatMap(meta -> meta.object(META_PAYMENT))
                .filter(payment -> payment.toJson().length() <= MAX_PAYLOAD_CHARS)
                .map(PaymentPayload::new);
    }

    /** The tool result that asks for payment, as object and as text. Its {@code error} says why. */
    public static JsonObject paymentRequired(PaymentRequired required) {
        JsonObject json = required.toJson();
        return JsonObject.builder()
                .put("isError", true)
                .put("structuredContent", json)
                .put("content", List.of(Map.of("type", "text", "text", json.toJson())))
                .build();
    }

    /** What a tool result asks for; empty if it is no such result. */
    public static Optional<PaymentRequired> readPaymentRequired(JsonObject result) {
        boolean isError = result.bool("isError").orElse(false);
        return isError ? result.object("structuredContent").flatMap(PaymentRequired::read) : Optional.empty();
    }

    /** A paid tool result: the tool's own, with receipt and credits in its {@code _meta}. */
    public static JsonObject withReceipt(JsonObject result, SettlementReceipt receipt, String planId) {
        JsonObject credits = JsonObject.builder()
                .putIfPresent("txHash", receipt.transaction().orElse(null))
                .putIfPresent("creditsRedeemed", receipt.json().get("creditsRedeemed"))
                .put("planId", planId)
                .putIfPresent("subscriberAddress", receipt.payer().orElse(null))
                .put("success", receipt.success())
                .build();
        return withMeta(result, Map.of(META_RECEIPT, receipt.json(), META_CREDITS, credits));
    }

    /** The receipt of a paid result. */
    public static Optional<SettlementReceipt> receipt(JsonObject result) {
        return result.object("_meta").flatMap(meta -> meta.object(META_RECEIPT)).map(SettlementReceipt::new);
    }

    /** The logical URL of a tool call, its arguments as query. */
    public static String toolUrl(String server, String tool, @Nullable JsonObject arguments) {
        return "mcp://" + server + "/tools/" + tool + query(arguments);
    }

    /** The logical URL of a resource, its variables as query; of several values the first. */
    public static String resourceUrl(String server, String resource, @Nullable JsonObject variables) {
        return "mcp://" + server + "/resources/" + resource + query(variables == null ? null : firstValues(variables));
    }

    /** The logical URL of a method of the protocol itself. */
    public static String metaUrl(String server, String method) {
        return "mcp://" + server + "/meta/" + method;
    }

    private static JsonObject firstValues(JsonObject variables) {
        JsonObject.Builder first = JsonObject.builder();
        variables.members().forEach((name, value) -> first.putIfPresent(name, first(value)));
        return first.build();
    }

    private static @Nullable JsonValue first(JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.items().stream().findFirst().orElse(null);
        }
        return value;
    }

    private static String query(@Nullable JsonObject arguments) {
        if (arguments == null || arguments.members().isEmpty()) {
            return "";
        }
        return arguments.members().entrySet().stream()
                .filter(argument -> !(argument.getValue() instanceof JsonNull))
                .map(argument -> encode(argument.getKey()) + "=" + encode(text(argument.getValue())))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.value() : value.toJson();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonObject withMeta(JsonObject holder, Map<String, JsonObject> added) {
        JsonObject.Builder meta = JsonObject.builder();
        holder.object("_meta").ifPresent(meta::putAll);
        added.forEach(meta::put);
        return holder.with("_meta", meta.build());
    }
}
