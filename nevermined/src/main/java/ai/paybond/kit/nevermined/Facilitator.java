package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendReply;
import ai.paybond.kit.nevermined.internal.BackendRequest;
import ai.paybond.kit.nevermined.internal.NoReplyException;

/** Verify before the work, settle after it. Both speak for the agent's owner. Safe for use by many threads. */
public final class Facilitator implements PaymentFacilitator {
    private final Backend backend;

    Facilitator(Backend backend) {
        this.backend = backend;
    }

    /**
     * Asks whether the payer may be charged. Sent once; every failure is a denial, not an exception.
     *
     * @throws NeverminedException {@code validation} for an amount that cannot be sent
     */
    @Override
    public Verification verify(VerifyRequest request) {
        try {
            BackendReply reply =
                    backend.exchange(post("verify", request.toJson().toJson()));
            return Verification.of(reply.status(), reply.body());
        } catch (NoReplyException e) {
            return Verification.unanswered(e);
        }
    }

    /**
     * Charges the payer. Sent once and never repeated: read {@link Settlement.Unknown} before calling again.
     *
     * @throws NeverminedException {@code validation} for an amount that cannot be sent
     */
    @Override
    public Settlement settle(SettleRequest request) {
        try {
            BackendReply reply =
                    backend.exchange(post("settle", request.toJson().toJson()));
            return Settlement.of(reply.status(), reply.body());
        } catch (NoReplyException e) {
            return Settlement.unanswered(e);
        }
    }

    private static BackendRequest post(String action, String json) {
        return BackendRequest.post(json, "api", "v1", "x402", action);
    }
}
