package ai.paybond.kit.nevermined.message;

import ai.paybond.kit.nevermined.PaymentPayload;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Payments in the metadata of A2A messages and tasks (a2a-x402 v0.2). */
public final class A2aPayments {
    /** Where a message says how its payment stands. */
    public static final String STATUS = "x402.payment.status";

    /** Where a task asks for payment. */
    public static final String REQUIRED = "x402.payment.required";

    /** Where a message carries its payment payload. */
    public static final String PAYLOAD = "x402.payment.payload";

    /** Where a finished task carries its receipts. */
    public static final String RECEIPTS = "x402.payment.receipts";

    /** Where a failed task says why. */
    public static final String ERROR = "x402.payment.error";

    /** Where Nevermined says that charging is put off. */
    public static final String SETTLEMENT = "x402.payment.settlement";

    /** The card extension of Nevermined. */
    public static final String NEVERMINED_URI = "urn:nevermined:payment";

    /** The card extension of a2a-x402. */
    public static final String A2A_X402_URI = "https://github.com/google-agentic-commerce/a2a-x402/blob/main/spec/v0.2";

    private A2aPayments() {}

    /** How a payment stands. */
    public enum Status {
        REQUIRED("payment-required"),
        SUBMITTED("payment-submitted"),
        VERIFIED("payment-verified"),
        REJECTED("payment-rejected"),
        COMPLETED("payment-completed"),
        FAILED("payment-failed");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** As it travels. */
        public String text() {
            return text;
        }

        /** Empty for anything that is none of these. */
        public static Optional<Status> ofText(String text) {
            return Arrays.stream(values())
                    .filter(status -> status.text.equals(text))
                    .findFirst();
        }
    }

    /** The metadata of a message that pays. */
    public static JsonObject submitted(PaymentPayload payment) {
        return metadata(Status.SUBMITTED).put(PAYLOAD, payment.json()).build();
    }

    /** The payment of a message's metadata; empty unless it says that one is submitted. */
    public static Optional<PaymentPayload> payment(JsonObject metadata) {
        return status(metadata)
                .filter(Status.SUBMITTED::equals)
                .flatMap(status -> metadata.object(PAYLOAD))
                .map(PaymentPayload::new);
    }

    /** How the payment stands that this metadata speaks of. */
    public static Optional<Status> status(JsonObject metadata) {
        return metadata.string(STATUS).flatMap(Status::ofText);
    }

    /** A task that waits for payment. */
    public static JsonObject paymentRequiredTask(String taskId, String contextId, PaymentRequired required) {
        JsonObject message = JsonObject.builder()
                .put("kind", "message")
                .put("messageId", taskId + "-status")
                .put("role", "agent")
                .put("parts", List.of(Map.of("kind", "text", "text", "Payment is required for this service.")))
                .put(
                        "metadata",
                        metadata(Status.REQUIRED)
                                .put(REQUIRED, required.toJson())
                                .build())
                .build();
        return JsonObject.builder()
                .put("kind", "task")
                .put("id", taskId)
                .put("contextId", contextId)
                .put("status", Map.of("state", "input-required", "message", message))
                .build();
    }

    /** What a task asks for; empty if it does not wait for payment. */
    public static Optional<PaymentRequired> readPaymentRequired(JsonObject task) {
        return task.object("status")
                .flatMap(status -> status.object("message"))
                .flatMap(message -> message.object("metadata"))
                .filter(metadata ->
                        status(metadata).filter(Status.REQUIRED::equals).isPresent())
                .flatMap(metadata -> metadata.object(REQUIRED))
                .flatMap(PaymentRequired::read);
    }

    /** The metadata of a task that was charged for. */
    public static JsonObject completed(SettlementReceipt receipt) {
        return metadata(Status.COMPLETED).put(RECEIPTS, List.of(receipt.json())).build();
    }

    /** The metadata of a task whose charge failed. */
    public static JsonObject failed(String error, SettlementReceipt receipt) {
        return metadata(Status.FAILED)
                .put(ERROR, error)
                .put(RECEIPTS, List.of(receipt.json()))
                .build();
    }

    /** The metadata of a task that is charged for later, together with others. */
    public static JsonObject deferred() {
        return metadata(Status.VERIFIED).put(SETTLEMENT, "deferred").build();
    }

    /** The receipts of a task's metadata. */
    public static List<SettlementReceipt> receipts(JsonObject metadata) {
        return metadata.array(RECEIPTS).stream()
                .flatMap(JsonArray::objectItems)
                .map(SettlementReceipt::new)
                .toList();
    }

    private static JsonObject.Builder metadata(Status status) {
        return JsonObject.builder().put(STATUS, status.text());
    }
}
