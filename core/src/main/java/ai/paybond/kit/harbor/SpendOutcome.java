package ai.paybond.kit.harbor;

/** What became of a reserved spend. Wire texts are those of the Gateway's spend decision route. */
public enum SpendOutcome {
    /** The tool ran; the money counts as spent. */
    CONSUMED("consumed"),
    /** The tool did not act; the reservation is given back. */
    RELEASED("released");

    private final String text;

    SpendOutcome(String text) {
        this.text = text;
    }

    /** The text sent on the wire. */
    public String text() {
        return text;
    }
}
