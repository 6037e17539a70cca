package ai.paybond.kit.protocol;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.PageStream;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.ReceiptHashes;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Mandates and receipts of the session's tenant. Thread-safe; see {@code docs/clients.md} for the routes.
 *
 * <p>Every reply is held against the tenant and against what was asked for: another receipt, intent or mandate than that is a
 * {@link ai.paybond.kit.harbor.TenantBindingException}, such as {@code receipt.binding_mismatch}. Failures are those of
 * {@link ai.paybond.kit.harbor.HarborClient}.
 */
public final class ProtocolClient {
    private static final String RECEIPT_ID = "receipt_id";
    private static final int PAGE = 50;

    private final Channel channel;

    /** Made by the session. */
    public ProtocolClient(Channel channel) {
        this.channel = channel;
    }

    /**
     * Binds a mandate to an intent that stays within it.
     *
     * @throws ai.paybond.kit.harbor.ProtocolException {@code mandate.not_valid} when the reply does not say that it is valid
     */
    public ImportedMandate importMandate(MandateImport mandate) {
        Reply reply = channel.to(Route.MANDATE_IMPORT).json(mandate.body()).reply();
        return ImportedMandate.of(reply.ofIntent(mandate.intentId()), mandate, channel.tenantId());
    }

    /** What the Gateway thinks of a signed mandate. One that it cannot read at all is an error status. */
    public MandateVerdict verifyMandate(JsonObject signedMandate) {
        return MandateVerdict.of(
                channel.to(Route.MANDATE_VERIFY).json(signedMandate).reply());
    }

    /** Whether the Gateway takes a recognition proof for this purpose and request; it answers an error status if not. */
    public boolean verifyRecognition(RecognitionProof proof, RecognizedRequest expected) {
        JsonObject body = expected.body(proof, channel.tenantId());
        return channel.to(Route.RECOGNITION_VERIFY).json(body).reply().bool("valid");
    }

    /** The receipt of an intent's settlement; empty until it is settled. */
    public Optional<StoredReceipt> settlementReceipt(String receiptId) {
        return found(Route.SETTLEMENT_RECEIPT, receiptId);
    }

    /** What the Gateway thinks of a settlement receipt. */
    public ReceiptVerdict verifySettlementReceipt(JsonObject signedReceipt) {
        return verdict(Route.SETTLEMENT_RECEIPT_VERIFY, signedReceipt);
    }

    /** An agent receipt by its id; empty when there is none. */
    public Optional<StoredReceipt> agentReceipt(String receiptId) {
        return found(Route.AGENT_RECEIPT, receiptId);
    }

    /** The receipt of one tool call; empty when there is none. Its id follows from the call, and is checked. */
    public Optional<StoredReceipt> agentReceipt(String intentId, String toolCallId) {
        String intent = checkedIntent(intentId);
        String id = ReceiptHashes.actionReceiptId(intent, toolCallId.strip()).hex();
        return channel.to(Route.AGENT_RECEIPTS)
                .query("intent_id", intent)
                .query("tool_call_id", toolCallId.strip())
                .find()
                .map(reply -> StoredReceipt.of(reply.of("receipt", RECEIPT_ID, id)));
    }

    /** The receipt that ends an intent; empty until there is one. Its id is the intent's, and is checked. */
    public Optional<StoredReceipt> terminalReceipt(String intentId) {
        String intent = checkedIntent(intentId);
        return channel.to(Route.AGENT_RECEIPTS)
                .query("intent_id", intent)
                .find()
                .map(reply -> StoredReceipt.of(reply.of("receipt", RECEIPT_ID, intent)));
    }

    /** Every agent receipt of the tenant, oldest first, read page by page as the stream is consumed. */
    public Stream<StoredReceipt> agentReceipts() {
        return PageStream.byOffset(
                PAGE,
                (offset, limit) ->
                        channel.to(Route.AGENT_RECEIPTS).query("limit", limit).query("offset", offset),
                StoredReceipt::of);
    }

    /** What the Gateway thinks of an agent receipt. */
    public ReceiptVerdict verifyAgentReceipt(JsonObject signedReceipt) {
        return verdict(Route.AGENT_RECEIPT_VERIFY, signedReceipt);
    }

    /**
     * How a receipt hangs in the tenant's transparency log, for {@link ai.paybond.kit.wire.inclusion.InclusionProof#verify};
     * empty when there is no such receipt.
     */
    public Optional<JsonObject> inclusionProof(String receiptId) {
        return channel.to(Route.INCLUSION_PROOF, receiptId)
                .find()
                .map(reply -> reply.of("receipt", RECEIPT_ID, receiptId).json());
    }

    /** The signed state of the tenant's transparency log. */
    public JsonObject treeHead() {
        return channel.to(Route.TREE_HEAD).reply().json();
    }

    private Optional<StoredReceipt> found(Route route, String receiptId) {
        return channel.to(route, receiptId)
                .find()
                .map(reply -> StoredReceipt.of(reply.of("receipt", RECEIPT_ID, receiptId)));
    }

    private ReceiptVerdict verdict(Route route, JsonObject receipt) {
        Reply reply = channel.to(route).json(receipt).reply();
        reply.of("receipt", RECEIPT_ID, receipt.string(RECEIPT_ID).orElse(""));
        return ReceiptVerdict.of(reply);
    }

    private static String checkedIntent(String intentId) {
        if (!UuidText.isValid(intentId)) {
            throw new ConfigurationException("intent_id.invalid", "the intent id is not a UUID");
        }
        return intentId.toLowerCase(Locale.ROOT);
    }
}
