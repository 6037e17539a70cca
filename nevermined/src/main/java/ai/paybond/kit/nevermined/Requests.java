package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendRequest;
import java.math.BigInteger;

/**
 * The earlier Requests API, as an adapter over {@link Facilitator#verify}: the route it was made of left Nevermined's SDKs in
 * January 2026. A plan and its scheme have to be named now, and nothing is charged until {@link Facilitator#settle}. Safe for use
 * by many threads.
 */
public final class Requests {
    private final Facilitator facilitator;
    private final Backend backend;

    Requests(Facilitator facilitator, Backend backend) {
        this.facilitator = facilitator;
        this.backend = backend;
    }

    /** Reports a part of a request. */
    public TransactionReply trackAgentSubTask(SubTask task) {
        return new TransactionReply(backend.require(
                BackendRequest.post(task.toJson().toJson(), "api", "v1", "protocol", "agent-sub-tasks")));
    }

    /**
     * Asks whether the caller may use the agent's endpoint for one credit.
     *
     * @param planId the plan the agent sells; never take it from the token
     * @param requestedUrl the full URL that was called
     * @throws NeverminedException {@code validation} for identifiers that are none, and for an empty URL
     */
    public ProcessingRequest startProcessingRequest(
            String planId,
            PaymentScheme scheme,
            String agentId,
            X402AccessToken token,
            String requestedUrl,
            String httpVerb) {
        PaymentRequired required = PaymentRequired.forPlan(planId, scheme)
                .agentId(agentId)
                .endpoint(requestedUrl)
                .httpVerb(httpVerb)
                .build();
        return new ProcessingRequest(required, facilitator.verify(new VerifyRequest(required, token, BigInteger.ONE)));
    }
}
