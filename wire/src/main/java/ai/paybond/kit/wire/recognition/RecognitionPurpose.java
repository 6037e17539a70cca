package ai.paybond.kit.wire.recognition;

/**
 * What a request is for, as the four guarded routes of Harbor name it. All are POST. Source: Paybond Kit wire format,
 * section 9.
 */
public enum RecognitionPurpose {
    /** {@code /harbor/intents}. */
    INTENT_CREATE("harbor.intent.create"),
    /** {@code /harbor/intents/{id}/fund}, body {@code {}}. */
    INTENT_FUND("harbor.intent.fund"),
    /** {@code /harbor/intents/{id}/evidence}. */
    EVIDENCE_SUBMIT("harbor.intent.evidence.submit"),
    /** {@code /harbor/intents/{id}/settlement/confirm}. */
    SETTLEMENT_CONFIRM("harbor.intent.settlement.confirm");

    private final String text;

    RecognitionPurpose(String text) {
        this.text = text;
    }

    /** The text on the wire. */
    public String text() {
        return text;
    }
}
