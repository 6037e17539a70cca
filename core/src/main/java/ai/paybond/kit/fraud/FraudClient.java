package ai.paybond.kit.fraud;

import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Request;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and steers the fraud reviews of the session's tenant. Thread-safe; see {@code docs/clients.md} for the routes.
 *
 * <p>Every reply is held against the tenant and, where one was asked about, the operator. Failures are those of
 * {@link ai.paybond.kit.harbor.HarborClient}; an operator that cannot stand in a path is refused before anything is sent, as
 * {@link ai.paybond.kit.ConfigurationException} {@code operator_did.invalid}.
 */
public final class FraudClient {
    private static final String SCORE_VERSION = "score_version";
    private static final int TOO_SOON = 429;

    private final Channel channel;
    private final @Nullable String scoreVersion;

    /** Made by the session. */
    public FraudClient(Channel channel) {
        this(channel, null);
    }

    private FraudClient(Channel channel, @Nullable String scoreVersion) {
        this.channel = channel;
        this.scoreVersion = scoreVersion;
    }

    /** The same client asking for scores of this version, such as {@code 1.0}; the server chooses by default. */
    public FraudClient scoreVersion(String version) {
        return new FraudClient(channel, version.isBlank() ? null : version.strip());
    }

    /** Everything known against an operator; empty when the operator is unknown. */
    public Optional<FraudAssessment> assessment(String operatorDid) {
        return to(Route.FRAUD_ASSESSMENT, operatorDid)
                .find()
                .map(reply -> FraudAssessment.of(reply.of("operator", "operator_did", operatorDid)));
    }

    /** The operators under review, as many as the filter asks for; there are no further pages. */
    public ReviewQueue reviewQueue(ReviewFilter filter) {
        return ReviewQueue.of(channel.to(Route.FRAUD_QUEUE)
                .query("state", filter.state())
                .query("fraud_severity", filter.severityText())
                .query("limit", filter.limit())
                .query(SCORE_VERSION, scoreVersion)
                .reply());
    }

    /** Counts of a window of time. */
    public FraudMetrics metrics(MetricsWindow window) {
        return FraudMetrics.of(channel.to(Route.FRAUD_METRICS)
                .query("window", window.text())
                .query(SCORE_VERSION, scoreVersion)
                .reply());
    }

    /** Whether releases are held, and how far the figures behind that can be relied on. */
    public ReleaseGate releaseGate() {
        return ReleaseGate.of(to(Route.FRAUD_GATE).reply());
    }

    /** Holds releases of suspicious operators, or stops holding them; an operator's action. */
    public ReleaseGate setReleaseGate(ReleaseGate.Mode mode) {
        Reply reply = channel.to(Route.FRAUD_GATE_SET)
                .json(JsonObject.of(Map.of("mode", mode.text())))
                .reply();
        return ReleaseGate.of(reply);
    }

    /**
     * Says something about an operator. Sent once: after a lost connection or a server error it is unknown whether it counts,
     * and {@link #assessment} tells.
     *
     * @return what was recorded; not accepted when it came too soon after another
     * @throws ai.paybond.kit.harbor.HarborHttpException also for a 429 that is no such answer
     */
    public ReviewEventResult recordReview(String operatorDid, ReviewEvent event) {
        Request.Exchange answer =
                to(Route.FRAUD_REVIEW_EVENT, operatorDid).json(event.body()).exchange(TOO_SOON);
        if (answer.http().status() == TOO_SOON && !ReviewEventResult.isIn(answer)) {
            throw answer.rejected();
        }
        return ReviewEventResult.of(answer.reply().of("operator", "operator_did", operatorDid));
    }

    private Request to(Route route, String... parameters) {
        return channel.to(route, parameters).query(SCORE_VERSION, scoreVersion);
    }
}
