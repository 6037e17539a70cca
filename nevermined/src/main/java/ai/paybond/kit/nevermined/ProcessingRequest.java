package ai.paybond.kit.nevermined;

import java.util.Optional;

/** The answer to {@link Requests#startProcessingRequest}, in the words of Nevermined's earlier API. */
public record ProcessingRequest(PaymentRequired paymentRequired, Verification verification) {
    /** Whether the work may be done. */
    public boolean isValidRequest() {
        return verification.isValid()
                && balance().map(PlanBalance::isSubscriber).orElse(true);
    }

    /** The request's id, for settling. */
    public Optional<String> agentRequestId() {
        return verified().flatMap(Verification.Valid::agentRequestId);
    }

    /** The payer's balance, if the backend told it. */
    public Optional<PlanBalance> balance() {
        return verified()
                .flatMap(Verification.Valid::agentRequest)
                .flatMap(request -> request.object("balance"))
                .map(PlanBalance::new);
    }

    private Optional<Verification.Valid> verified() {
        return verification instanceof Verification.Valid valid ? Optional.of(valid) : Optional.empty();
    }
}
