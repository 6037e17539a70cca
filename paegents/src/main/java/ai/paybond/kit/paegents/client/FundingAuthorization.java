package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.usdc.SignedPermit;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;

/**
 * How the escrow gets its deposit. Paegents does not publish the names of the members; those written here are our reading,
 * and {@link #of} takes any other.
 */
public final class FundingAuthorization {
    private final JsonObject json;

    private FundingAuthorization(JsonObject json) {
        this.json = json;
    }

    /**
     * SDK: {@code build_prior_allowance_funding_authorization}: the buyer has let the escrow take it already.
     *
     * @param amount in the token's smallest unit
     */
    public static FundingAuthorization priorAllowance(BigInteger amount) {
        return new FundingAuthorization(JsonObject.builder()
                .put("type", "prior_allowance")
                .put("amount", amount.toString())
                .build());
    }

    /** SDK: {@code build_erc2612_funding_authorization}: the buyer lets the escrow take it by a permit. */
    public static FundingAuthorization permit(SignedPermit signed) {
        return new FundingAuthorization(JsonObject.builder()
                .put("type", "erc2612")
                .put("amount", signed.permit().value().toString())
                .put("deadline", signed.permit().deadline().toString())
                .put("nonce", signed.permit().nonce().toString())
                .put("signature", signed.signature().hex())
                .put("v", signed.signature().v())
                .put("r", signed.signature().rHex())
                .put("s", signed.signature().sHex())
                .build());
    }

    /** Any other form. */
    public static FundingAuthorization of(JsonObject json) {
        return new FundingAuthorization(json);
    }

    JsonObject toJson() {
        return json;
    }

    /** The kind only: a permit is worth money. */
    @Override
    public String toString() {
        return "FundingAuthorization[type=" + json.string("type").orElse("other") + "]";
    }
}
