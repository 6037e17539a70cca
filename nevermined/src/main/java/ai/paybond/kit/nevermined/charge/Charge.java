package ai.paybond.kit.nevermined.charge;

import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.SettlementReceipt;
import java.util.Objects;
import java.util.Optional;

/**
 * How charging for a request came out.
 *
 * @param settlement settled, failed or unknown
 * @param absorbed whether this is what came out earlier, and nothing was sent now
 */
public record Charge(String requestId, Settlement settlement, boolean absorbed) {
    public Charge {
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(settlement, "settlement");
    }

    /** The receipt, if credits were burned; empty too when a person said so and nobody has the receipt. */
    public Optional<SettlementReceipt> receipt() {
        return settlement instanceof Settlement.Settled settled ? Optional.of(settled.receipt()) : Optional.empty();
    }

    Charge asAbsorbed() {
        return new Charge(requestId, settlement, true);
    }
}
