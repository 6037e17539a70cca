package ai.paybond.kit.nevermined.conformance;

import static ai.paybond.kit.nevermined.conformance.Cases.object;
import static ai.paybond.kit.nevermined.conformance.Cases.requireEqual;
import static ai.paybond.kit.nevermined.conformance.Cases.text;
import static ai.paybond.kit.nevermined.conformance.Cases.utf8;

import ai.paybond.kit.nevermined.BackendError;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.message.A2aPayments;
import ai.paybond.kit.nevermined.message.AgentCorePayments;
import ai.paybond.kit.nevermined.message.McpPayments;
import ai.paybond.kit.nevermined.message.MppMessages;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** MCP, A2A and MPP. */
final class MessageVectors {
    static final Map<String, Consumer<Cases>> RUNNERS = Map.of(
            "nevermined-mcp-inband.json", MessageVectors::mcp,
            "nevermined-a2a-inband.json", MessageVectors::a2a,
            "nevermined-agentcore.json", MessageVectors::agentCore,
            "nevermined-mpp.json", MessageVectors::mpp);

    private MessageVectors() {}

    private static void mcp(Cases file) {
        file.object(
                "meta_keys",
                keys -> requireEqual(
                        keys,
                        Map.of(
                                "request", McpPayments.META_PAYMENT,
                                "receipt", McpPayments.META_RECEIPT,
                                "observability", McpPayments.META_CREDITS)));
        file.object(
                "rpc_codes",
                codes -> requireEqual(
                        codes,
                        Map.of(
                                "misconfiguration", McpPayments.CODE_MISCONFIGURATION,
                                "payment_required", McpPayments.CODE_PAYMENT_REQUIRED)));
        file.equal("max_payload_chars", () -> McpPayments.MAX_PAYLOAD_CHARS);
        file.object("request", request -> {
            JsonObject params = object(request, "params");
            requireEqual(
                    params,
                    McpPayments.withPayment(
                            params.without("_meta"), McpPayments.payment(params).orElseThrow()));
        });
        file.object("payment_required_result", MessageVectors::mcpRequired);
        file.object("settlement_failed_result", MessageVectors::mcpRequired);
        file.object("success_result", result -> {
            SettlementReceipt receipt = McpPayments.receipt(result).orElseThrow();
            JsonObject own = result.without("_meta").without("source");
            requireEqual(result.without("source"), McpPayments.withReceipt(own, receipt, "plan-123"));
        });
        file.equal(
                "error_field_values",
                () -> List.of(
                        McpPayments.ERROR_PAYMENT_REQUIRED,
                        McpPayments.ERROR_PLANS_UNAVAILABLE,
                        McpPayments.ERROR_SETTLEMENT_FAILED));
        file.each(
                "logical_urls",
                entry -> requireEqual(
                        entry.get("out"),
                        url(text(entry, "kind"), entry.array("in").orElseThrow().items())));
    }

    private static void mcpRequired(JsonObject result) {
        PaymentRequired required = McpPayments.readPaymentRequired(result).orElseThrow();
        JsonObject built = McpPayments.paymentRequired(required);
        requireEqual(result.get("structuredContent"), built.get("structuredContent"));
        if (result.has("content")) {
            requireEqual(result.without("source"), built);
        }
    }

    private static String url(String kind, List<JsonValue> in) {
        String server = ((JsonString) in.get(0)).value();
        String name = ((JsonString) in.get(1)).value();
        JsonObject arguments = in.size() > 2 && in.get(2) instanceof JsonObject object ? object : null;
        return switch (kind) {
            case "tool" -> McpPayments.toolUrl(server, name, arguments);
            case "resource" -> McpPayments.resourceUrl(server, name, arguments);
            default -> McpPayments.metaUrl(server, name);
        };
    }

    private static void a2a(Cases file) {
        file.object(
                "metadata_keys",
                keys -> requireEqual(
                        keys,
                        Map.of(
                                "status", A2aPayments.STATUS,
                                "required", A2aPayments.REQUIRED,
                                "payload", A2aPayments.PAYLOAD,
                                "receipts", A2aPayments.RECEIPTS,
                                "error", A2aPayments.ERROR,
                                "nevermined_deferred", A2aPayments.SETTLEMENT)));
        file.equal("statuses", () -> List.of(A2aPayments.Status.values()).stream()
                .map(A2aPayments.Status::text)
                .toList());
        file.object(
                "extension_uris",
                uris -> requireEqual(
                        uris, Map.of("nevermined", A2aPayments.NEVERMINED_URI, "a2a_x402", A2aPayments.A2A_X402_URI)));
        file.object("client_message", request -> {
            JsonObject metadata = object(object(object(request, "params"), "message"), "metadata");
            requireEqual(
                    metadata,
                    A2aPayments.submitted(A2aPayments.payment(metadata).orElseThrow()));
        });
        file.object(
                "payment_required_task",
                task -> requireEqual(
                        task,
                        A2aPayments.paymentRequiredTask(
                                text(task, "id"),
                                text(task, "contextId"),
                                A2aPayments.readPaymentRequired(task).orElseThrow())));
        file.object(
                "completed_metadata",
                metadata -> requireEqual(
                        metadata,
                        A2aPayments.completed(A2aPayments.receipts(metadata).get(0))));
        file.object(
                "failed_metadata",
                metadata -> requireEqual(
                        metadata,
                        A2aPayments.failed(
                                text(metadata, A2aPayments.ERROR),
                                A2aPayments.receipts(metadata).get(0))));
        file.object("deferred_metadata", metadata -> requireEqual(metadata, A2aPayments.deferred()));
        // Parts of an A2A server, which is not here.
        file.information("card_paths", "legacy_402", "card_extension_params", "final_event_metadata");
    }

    private static void agentCore(Cases file) {
        file.equal(
                "headers",
                () -> List.of(
                        X402AccessToken.HEADER,
                        PaymentRequired.HEADER,
                        SettlementReceipt.HEADER,
                        AgentCorePayments.REQUEST_ID_HEADER));
        file.each("tool_name", entry -> requireEqual(entry.get("out"), AgentCorePayments.toolName(text(entry, "in"))));
        file.object("deny", MessageVectors::denied);
        file.object(
                "success_meta",
                meta -> requireEqual(meta, AgentCorePayments.successMeta(new SettlementReceipt(object(meta, "x402")))));
        file.information("credits_lookup_order");
    }

    /** The header is a placeholder in the file, and the text inside differs by white space only. */
    private static void denied(JsonObject deny) {
        PaymentRequired required = PaymentRequired.forPlan("1", PaymentScheme.crypto(NeverminedEnvironment.SANDBOX))
                .build();
        JsonObject expected = object(object(deny, "mcp"), "transformedGatewayResponse");
        JsonObject given = object(
                AgentCorePayments.deny(new JsonString("1"), "getPatient", required), "transformedGatewayResponse");
        requireEqual(expected.get("statusCode"), given.get("statusCode"));
        requireEqual(required.toHeader(), object(given, "headers").get(PaymentRequired.HEADER));
        JsonObject result = object(object(expected, "body"), "result");
        JsonObject ours = object(object(given, "body"), "result");
        requireEqual(result.without("content"), ours.without("content"));
        requireEqual(innerText(result), innerText(ours));
    }

    private static JsonObject innerText(JsonObject result) {
        return JsonObject.parse(text(
                result.array("content").orElseThrow().objectItems().findFirst().orElseThrow(), "text"));
    }

    private static void mpp(Cases file) {
        file.object(
                "headers",
                headers -> requireEqual(
                        headers,
                        Map.of(
                                "challenge", MppMessages.CHALLENGE_HEADER,
                                "credential", MppMessages.CREDENTIAL_HEADER,
                                "receipt", MppMessages.RECEIPT_HEADER)));
        file.object(
                "challenge_request",
                request -> requireEqual(
                        request,
                        MppMessages.challengeRequest(
                                text(request, "planId"),
                                new BigInteger(text(request, "credits")),
                                request.string("agentId").orElse(null),
                                text(request, "resource"),
                                text(request, "httpVerb"),
                                request.string("digest").orElse(null))));
        file.object("challenge_response", response -> {
            Map<String, String> challenge =
                    MppMessages.parseChallenge(text(response, "challenge")).orElseThrow();
            requireEqual("nevermined", challenge.get("method"));
            requireEqual("charge", challenge.get("intent"));
        });
        file.object("credential", MessageVectors::credential);
        file.object(
                "redeem_request",
                request -> requireEqual(
                        request,
                        MppMessages.redeemRequest(
                                text(request, "credential"),
                                text(request, "resource"),
                                text(request, "httpVerb"),
                                text(request, "bodyDigest"))));
        file.object("settle_response", response -> {
            JsonObject receipt =
                    MppMessages.parseReceipt(text(response, "paymentReceipt")).orElseThrow();
            file.object("receipt", expected -> requireEqual(expected, receipt));
        });
        file.equal("empty_body_digest", () -> MppMessages.bodyDigest(new byte[0]));
        file.object("reject_body", body -> {
            BackendError error = BackendError.of(402, utf8(body));
            requireEqual(body.get("code"), error.code());
            requireEqual(body.get("retryable"), error.retryable());
        });
        file.information("ttl_s");
    }

    private static void credential(JsonObject entry) {
        JsonObject decoded = object(entry, "decoded");
        X402AccessToken token = X402AccessToken.of(text(object(decoded, "payload"), "accessToken"));
        String header = text(entry, "header");
        requireEqual(header, MppMessages.credential(object(decoded, "challenge"), token));
        requireEqual(decoded, MppMessages.parseCredential(header).orElse(null));
    }
}
