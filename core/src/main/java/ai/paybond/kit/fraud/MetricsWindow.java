package ai.paybond.kit.fraud;

/** The windows of time that fraud metrics are counted over. */
public enum MetricsWindow {
    /** The last 24 hours. */
    DAY("24h"),
    /** The last seven days. */
    WEEK("7d"),
    /** The last thirty days. */
    MONTH("30d");

    private final String text;

    MetricsWindow(String text) {
        this.text = text;
    }

    /** The server's word. */
    public String text() {
        return text;
    }
}
