package ai.paybond.kit.nevermined.rail;

import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.ToolBody;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.nevermined.PaymentPayload;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.ChargeRecord;
import ai.paybond.kit.nevermined.message.McpPayments;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sells the tools of an MCP server: takes the payment out of a request's {@code _meta}, guards the call, and puts receipt or demand
 * into the result, as Nevermined's own MCP guard does. Works on the JSON of {@code tools/call}, with whatever MCP library.
 * Thread-safe.
 */
public final class PaidMcpTools {
    private final NeverminedRail rail;
    private final ToolRegistry tools;

    /** @param tools what the server offers; each side-effecting one is sold by the rail */
    public PaidMcpTools(NeverminedRail rail, ToolRegistry tools) {
        this.rail = Objects.requireNonNull(rail, "rail");
        this.tools = Objects.requireNonNull(tools, "tools");
    }

    /**
     * Answers one {@code tools/call}.
     *
     * @param params the request's {@code params}
     * @param callId the request's id, so that a repetition is not run again; null if there is none
     * @param body runs the tool and gives its result, with {@code content}
     * @return the result to send: the tool's with a receipt, or one with {@code isError} that asks for payment or says that it failed
     */
    public JsonObject call(JsonObject params, @Nullable String callId, ToolBody<JsonObject> body) {
        String tool = params.string("name").orElse("");
        X402AccessToken token =
                McpPayments.payment(params).map(PaymentPayload::encode).orElse(null);
        ToolGuard guard = rail.guard(token, tools).build();
        JsonObject arguments = params.object("arguments").orElse(JsonObject.of(Map.of()));
        ToolOutcome<JsonObject> outcome = guard.call(ToolCall.of(tool, callId, arguments), body);
        if (outcome instanceof ToolOutcome.Executed<JsonObject> executed) {
            return delivered(Objects.requireNonNull(executed.result(), "an MCP tool has a result"), executed.receipt());
        }
        if (outcome instanceof ToolOutcome.Failed<JsonObject> failed) {
            return failed.thrown() instanceof PaymentFailedException
                    ? demand(tool, McpPayments.ERROR_SETTLEMENT_FAILED)
                    : error("the tool failed");
        }
        return demand(tool, McpPayments.ERROR_PAYMENT_REQUIRED);
    }

    private JsonObject delivered(JsonObject result, CallReceipt receipt) {
        ChargeRecord charge = rail.chargeOf(receipt).orElse(null);
        return charge == null || charge.receipt() == null
                ? result
                : McpPayments.withReceipt(result, charge.receipt(), charge.planId());
    }

    private JsonObject demand(String tool, String why) {
        PaymentRequired required = rail.requirement(tool).orElse(null);
        return required == null ? error("no such tool is sold") : McpPayments.paymentRequired(required.withError(why));
    }

    private static JsonObject error(String text) {
        return JsonObject.builder()
                .put("isError", true)
                .put("content", List.of(Map.of("type", "text", "text", text)))
                .build();
    }
}
