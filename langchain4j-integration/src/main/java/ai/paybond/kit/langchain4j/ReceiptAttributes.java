package ai.paybond.kit.langchain4j;

import ai.paybond.kit.guard.CallReceipt;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a guarded call adds to its {@code ToolExecutionResult}, and that LangChain4j keeps with the
 * message in chat memory. Every value is a string. The model does not see them. They replace attributes of the same
 * name that a tool set.
 */
public final class ReceiptAttributes {
    /** The id under which the call is journaled. */
    public static final String CALL_ID = "paybond.call_id";
    /** The intent that pays. */
    public static final String INTENT_ID = "paybond.intent_id";
    /** The operation that the capability granted. */
    public static final String OPERATION = "paybond.operation";
    /** What was authorized, in cents. */
    public static final String SPEND_CENTS = "paybond.spend_cents";
    /** How the call stands: a {@code CallState} in lower case. */
    public static final String STATE = "paybond.state";
    /** How far the evidence has come: an {@code EvidenceStatus} in lower case. */
    public static final String EVIDENCE = "paybond.evidence";
    /** The authority's audit id; absent when it gave none. */
    public static final String AUDIT_ID = "paybond.audit_id";
    /** {@code true} when the call was answered from the journal and the tool did not run again; absent otherwise. */
    public static final String REPLAYED = "paybond.replayed";
    /** Why a call was refused or held; absent on a call that ran. */
    public static final String CODE = "paybond.code";

    /** What a person is to approve, on a held call; absent when the authority did not say. */
    public static final String APPROVAL_REQUEST_ID = "paybond.approval_request_id";

    static final List<String> NAMES = List.of(
            CALL_ID, INTENT_ID, OPERATION, SPEND_CENTS, STATE, EVIDENCE, AUDIT_ID, REPLAYED, CODE, APPROVAL_REQUEST_ID);

    private ReceiptAttributes() {}

    static ToolExecutionResult addTo(ToolExecutionResult result, CallReceipt receipt) {
        Map<String, Object> attributes = new LinkedHashMap<>(result.attributes());
        attributes.putAll(of(receipt));
        return new ReceiptedResult(result, attributes);
    }

    static Map<String, Object> of(CallReceipt receipt) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(CALL_ID, receipt.callId());
        attributes.put(INTENT_ID, receipt.intentId());
        attributes.put(OPERATION, receipt.operation());
        attributes.put(SPEND_CENTS, Long.toString(receipt.spendCents()));
        attributes.put(STATE, receipt.state().name().toLowerCase(Locale.ROOT));
        attributes.put(EVIDENCE, receipt.evidence().name().toLowerCase(Locale.ROOT));
        putIfPresent(attributes, AUDIT_ID, receipt.auditId());
        putIfPresent(attributes, REPLAYED, receipt.replayed() ? "true" : null);
        return attributes;
    }

    private static void putIfPresent(Map<String, Object> attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }
}
