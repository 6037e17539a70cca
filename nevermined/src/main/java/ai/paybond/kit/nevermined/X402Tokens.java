package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendRequest;
import ai.paybond.kit.wire.json.JsonObject;

/** Mints access tokens for a buyer. Safe for use by many threads. */
public final class X402Tokens {
    private final Backend backend;

    X402Tokens(Backend backend) {
        this.backend = backend;
    }

    /**
     * Has the backend sign a token that spends from a delegation.
     *
     * @throws NeverminedException with the backend's code if it refuses
     */
    public X402AccessToken mint(TokenRequest request) {
        JsonObject reply =
                backend.require(BackendRequest.post(request.toJson().toJson(), "api", "v1", "x402", "permissions"));
        return X402AccessToken.of(Backend.text(reply, "accessToken"));
    }

    /** {@link #mint} under the name that Nevermined's other SDKs give it. */
    public X402AccessToken getX402AccessToken(
            String planId, String agentId, PaymentScheme scheme, String delegationId) {
        return mint(new TokenRequest(planId, agentId, scheme, delegationId, null));
    }
}
