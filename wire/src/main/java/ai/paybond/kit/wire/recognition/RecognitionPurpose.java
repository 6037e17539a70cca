package ai.paybond.kit.wire.recognition;

/** What a request is for, as the four guarded routes of Harbor name it. */
public enum RecognitionPurpose {
    INTENT_CREATE("harbor.intent.create"),
    INTENT_FUND("harbor.intent.fund"),
    EVIDENCE_SUBMIT("harbor.intent.evidence.submit"),
    SETTLEMENT_CONFIRM("harbor.intent.settlement.confirm");

    private final String text;

    RecognitionPurpose(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
