package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Text;

/**
 * How much stands behind an agent receipt. Each tier includes the ones before it. Source: Paybond Kit wire format,
 * section 11.4.
 */
public enum ValidityTier {
    /** Signed by the Gateway. */
    OPERATIONAL,
    /** And carries the digest of a payee's signature, and names one payee and one intent throughout. */
    PRIMARY,
    /** And is attested by the agent's operator. */
    ATTESTED;

    /** Reads a tier; blank is {@link #OPERATIONAL}. @throws WireException {@code agent_receipt.tier} */
    public static ValidityTier of(String text) {
        return switch (Text.fold(text)) {
            case "", "operational" -> OPERATIONAL;
            case "primary" -> PRIMARY;
            case "attested" -> ATTESTED;
            default -> throw new WireException("agent_receipt.tier", "unknown validity tier");
        };
    }

    /** The tier in lower case. */
    public String text() {
        return Text.lower(name());
    }
}
