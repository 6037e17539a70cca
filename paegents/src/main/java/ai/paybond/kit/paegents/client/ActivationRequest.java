package ai.paybond.kit.paegents.client;

import ai.paybond.kit.paegents.escrow.SignedIntent;
import ai.paybond.kit.paegents.usdc.SignedPermit;
import ai.paybond.kit.wire.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * SDK: {@code ActivateEscrowRequestV2}: what a buyer submits to activate an escrow.
 *
 * @param infraFee the permit the platform collects its fee by; null when none is due
 */
public record ActivationRequest(
        SignedIntent intent,
        FundingAuthorization funding,
        @Nullable SignedPermit infraFee) {

    /** The body of the request, the values of the intent in the JSON form they were received in. */
    public JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("buyer_intent", intent.values())
                .put("buyer_signature", intent.signature().hex())
                .put("funding_authorization", funding.toJson());
        if (infraFee != null) {
            json.put("buyer_infra_fee_permit_signature", infraFee.signature().hex());
            json.put(
                    "buyer_infra_fee_permit_deadline",
                    infraFee.permit().deadline().longValueExact());
        }
        return json.build();
    }

    /** Nothing of it: it may be worth money. */
    @Override
    public String toString() {
        return "ActivationRequest[redacted]";
    }
}
