package ai.paybond.kit.springai.autoconfigure.actuate;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.springai.autoconfigure.OpenSession;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether calls can be guarded and what is owed for them. Up while the journal answers, down when it does not, since no call
 * that spends could run then; unknown before the session is opened. Parked calls and calls in doubt wait for a person and do
 * not take the application down. The network is not asked.
 */
final class PaybondHealthIndicator extends AbstractHealthIndicator {

    private static final int MOST = 1_000;

    private final OpenSession session;

    PaybondHealthIndicator(OpenSession session) {
        super("the journal of guarded calls does not answer");
        this.session = session;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        session.session().ifPresentOrElse(open -> check(open, builder), () -> builder.unknown()
                .withDetail("session", "not opened"));
    }

    private void check(Paybond open, Health.Builder builder) {
        builder.up()
                .withDetail("session", open.mode().name())
                .withDetail("tenant", open.tenantId())
                .withDetail(
                        "localVerification",
                        session.options()
                                .filter(options -> !options.remoteVerificationOnly())
                                .isPresent())
                .withDetail(
                        "journal",
                        session.options().map(PaybondOptions::journal).isPresent() ? "kept" : "in memory")
                .withDetail("owed", session.owed(MOST).size())
                .withDetail("parked", session.calls(CallState.REJECTED, MOST).size())
                .withDetail("inDoubt", session.doubtful(MOST).size());
        session.calls(CallState.DELIVERED, 1).stream()
                .findFirst()
                .ifPresent(last -> builder.withDetail("lastDelivery", last.changedAt()));
    }
}
