package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads reputations and portfolios of the session's tenant. Thread-safe; see {@code docs/clients.md} for the routes.
 *
 * <p>Every reply is held against the tenant and, where one was asked about, the operator. Failures are those of
 * {@link ai.paybond.kit.harbor.HarborClient}; an operator that cannot stand in a path is refused before anything is sent, as
 * {@link ai.paybond.kit.ConfigurationException} {@code operator_did.invalid}.
 */
public final class SignalClient {
    private static final String SCORE_VERSION = "score_version";

    private final Channel channel;
    private final @Nullable String scoreVersion;

    /** Made by the session. */
    public SignalClient(Channel channel) {
        this(channel, null);
    }

    private SignalClient(Channel channel, @Nullable String scoreVersion) {
        this.channel = channel;
        this.scoreVersion = scoreVersion;
    }

    /** The same client asking for scores of this version, such as {@code 1.0}; the server chooses by default. */
    public SignalClient scoreVersion(String version) {
        return new SignalClient(channel, version.isBlank() ? null : version.strip());
    }

    /** An operator's reputation; empty when Signal does not know the operator. */
    public Optional<ReputationReceipt> receipt(String operatorDid) {
        return ask(Route.SIGNAL_RECEIPT, operatorDid).map(reply -> ReputationReceipt.of(reply, operatorDid));
    }

    /** What makes up an operator's score; empty when Signal does not know the operator. */
    public Optional<OperatorExplanation> explanation(String operatorDid) {
        return ask(Route.SIGNAL_EXPLANATION, operatorDid).map(reply -> OperatorExplanation.of(reply, operatorDid));
    }

    /**
     * Where the review of an operator stands; empty when Signal does not know the operator.
     * {@link ai.paybond.kit.fraud.FraudClient#assessment} reads the whole of it.
     */
    public Optional<ReviewStatus> reviewStatus(String operatorDid) {
        return ask(Route.SIGNAL_REVIEW_STATUS, operatorDid).map(reply -> ReviewStatus.of(reply, operatorDid));
    }

    /** The tenant's operators in sum. */
    public PortfolioSummary portfolioSummary() {
        return PortfolioSummary.of(channel.to(Route.SIGNAL_PORTFOLIO)
                .query(SCORE_VERSION, scoreVersion)
                .reply());
    }

    /** The tenant's operators one by one, as a signed artifact to hand on: {@link SignedPortfolio#raw()}. */
    public SignedPortfolio signedPortfolio() {
        return SignedPortfolio.of(channel.to(Route.SIGNAL_PORTFOLIO_EXPORT)
                .query(SCORE_VERSION, scoreVersion)
                .reply());
    }

    private Optional<Reply> ask(Route route, String operatorDid) {
        return channel.to(route, operatorDid).query(SCORE_VERSION, scoreVersion).find();
    }
}
