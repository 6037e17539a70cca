package ai.paybond.kit.nevermined.message;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Map;

/** Payments in the replies of an AgentCore gateway's interceptor. */
public final class AgentCorePayments {
    /** The header that hands the request's id from one phase of the interceptor to the other. */
    public static final String REQUEST_ID_HEADER = "x-nvm-agent-request-id";

    private static final String TARGET_SEPARATOR = "___";

    private AgentCorePayments() {}

    /** The tool's own name, without the gateway's target in front. */
    public static String toolName(String gatewayName) {
        int end = gatewayName.indexOf(TARGET_SEPARATOR);
        return end < 0 ? gatewayName : gatewayName.substring(end + TARGET_SEPARATOR.length());
    }

    /** The interceptor's answer to an unpaid MCP call: HTTP 200 with an error result. */
    public static JsonObject deny(JsonValue rpcId, String tool, PaymentRequired required) {
        JsonObject text = JsonObject.builder()
                .put("error", "Payment required")
                .put("code", 402)
                .put("message", "Payment required for tool: " + tool)
                .build();
        JsonObject result = JsonObject.builder()
                .put("isError", true)
                .put("content", List.of(Map.of("type", "text", "text", text.toJson())))
                .put("_meta", Map.of("x402", true))
                .build();
        return JsonObject.of(Map.of(
                "transformedGatewayResponse",
                Map.of(
                        "statusCode", 200,
                        "headers",
                                Map.of("Content-Type", "application/json", PaymentRequired.HEADER, required.toHeader()),
                        "body", Map.of("jsonrpc", "2.0", "id", rpcId, "result", result))));
    }

    /** The {@code _meta} of a paid result. */
    public static JsonObject successMeta(SettlementReceipt receipt) {
        return JsonObject.of(Map.of("x402", receipt.json()));
    }
}
