package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondException;

/**
 * A reply named another tenant, another intent or another thing than the one asked about. Treat it as an incident: it is never retried,
 * and nothing in the reply is believed.
 *
 * <p>Codes: {@code tenant.binding_mismatch}, {@code intent.binding_mismatch}, and the same for what else was asked about:
 * {@code operator}, {@code receipt}, {@code mandate}, {@code run}, {@code job}, {@code contract}, {@code row},
 * {@code org_policy}.
 */
public final class TenantBindingException extends PaybondException {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 128;

    private final String expected;
    private final String actual;

    /**
     * @param code one of the codes above
     * @param what what was compared, such as {@code tenant}
     * @param expected what the session is bound to
     * @param actual what the reply named; shown shortened and without control characters
     */
    public TenantBindingException(String code, String what, String expected, String actual) {
        super(code, "the reply names " + what + " '" + shown(actual) + "', not '" + shown(expected) + "'");
        this.expected = expected;
        this.actual = shown(actual);
    }

    /** What the session is bound to. */
    public String expected() {
        return expected;
    }

    /** What the reply named, at most 128 printable ASCII characters of it. */
    public String actual() {
        return actual;
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN);
    }
}
