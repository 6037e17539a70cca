package ai.paybond.kit.funding;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.util.Objects;

/**
 * A payment that x402 asks for, held against the order.
 *
 * @param order what was agreed
 * @param scheme {@code exact}
 * @param network as the challenge names it, {@code base} or {@code eip155:8453}
 * @param asset as the challenge names it
 * @param amountBaseUnits of USDC; equal to the order's amount
 * @param payTo who is paid
 * @param terms the one entry of {@code accepts} that this is, or the whole challenge when it has no such list
 * @param document the whole challenge
 * @param raw the header as received, for signers that read it themselves
 */
public record X402Challenge(
        FundingOrder order,
        String scheme,
        String network,
        String asset,
        BigInteger amountBaseUnits,
        String payTo,
        JsonObject terms,
        JsonObject document,
        String raw) {
    public X402Challenge {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(amountBaseUnits, "amountBaseUnits");
        Objects.requireNonNull(terms, "terms");
    }
}
