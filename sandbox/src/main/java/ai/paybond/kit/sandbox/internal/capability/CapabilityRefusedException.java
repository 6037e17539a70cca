package ai.paybond.kit.sandbox.internal.capability;

/** A capability does not cover a request; {@link #code} is the stable reason. Travels no further than the audit row. */
public final class CapabilityRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String reason;

    public CapabilityRefusedException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
        this.reason = message;
    }

    public String code() {
        return code;
    }

    /** The reason in words; never names what another tenant has. */
    public String reason() {
        return reason;
    }
}
