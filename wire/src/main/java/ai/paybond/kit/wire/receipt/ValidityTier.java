package ai.paybond.kit.wire.receipt;

import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Text;

/** How much stands behind an agent receipt. Each tier includes the ones before it. */
public enum ValidityTier {
    /** Signed by the Gateway. */
    OPERATIONAL,
    /** And carries evidence that the payee signed. */
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

    public String text() {
        return Text.lower(name());
    }
}
