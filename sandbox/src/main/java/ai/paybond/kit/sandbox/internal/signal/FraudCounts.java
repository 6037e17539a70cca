package ai.paybond.kit.sandbox.internal.signal;

import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The many counts of the fraud metrics. */
final class FraudCounts {
    private static final int MIN_LABELS = 10;
    private static final long BASIS = 10_000;

    private FraudCounts() {}

    static JsonObject of(List<OperatorRecord> suspicious, Map<String, Long> outcomes) {
        long confirmed = outcomes.getOrDefault("confirmed_risk", 0L);
        long wrong = outcomes.getOrDefault("false_positive", 0L);
        long unclear = outcomes.getOrDefault("needs_more_evidence", 0L);
        long labeled = confirmed + wrong + unclear;
        long open = Math.max(0, suspicious.size() - labeled);
        return JsonObject.builder()
                .put("flagged_operator_count", suspicious.size())
                .put("critical_signal_count", 0)
                .put("high_signal_count", suspicious.size())
                .put("elevated_signal_count", 0)
                .put("review_open_count", open)
                .put("review_load_count", open)
                .put("reviewed_count", labeled)
                .put("labeled_outcome_count", labeled)
                .put("confirmed_risk_count", confirmed)
                .put("false_positive_count", wrong)
                .put("needs_more_evidence_count", unclear)
                .put("review_precision_bps", rate(confirmed, confirmed + wrong))
                .put("false_positive_rate_bps", rate(wrong, labeled))
                .put("confirmed_risk_rate_bps", rate(confirmed, labeled))
                .put("labeled_coverage_bps", rate(Math.min(labeled, suspicious.size()), suspicious.size()))
                .put("median_time_to_review_seconds", 0)
                .put("refund_burst_count", count(suspicious, true))
                .put("dispute_cluster_count", count(suspicious, false))
                .put("replay_appeal_abuse_count", 0)
                .put("critical_signal_hold_candidate_count", suspicious.size())
                .put("provider_signal_count", 0)
                .put("stale_label_gap_seconds", 0)
                .put("stale_signal_family_label_gap_count", 0)
                .build();
    }

    private static long count(List<OperatorRecord> suspicious, boolean refunds) {
        return suspicious.stream()
                .filter(operator -> refunds ? operator.repeatsFailures() : operator.isClusterOfDisputes())
                .count();
    }

    private static long rate(long part, long whole) {
        return whole == 0 ? 0 : part * BASIS / whole;
    }

    static JsonObject reliability() {
        return JsonObject.builder()
                .put("reliable", true)
                .put("stale", false)
                .put("sparse", false)
                .put("reviewed_count", 0)
                .put("labeled_outcome_count", 0)
                .put("review_precision_bps", 0)
                .put("min_reviewed_count", MIN_LABELS)
                .put("min_labeled_outcome_count", MIN_LABELS)
                .put("min_signal_family_labeled_outcome_count", 1)
                .put("min_review_precision_bps", 0)
                .put("reasons", List.of())
                .put("summary", "A sandbox trusts its own figures.")
                .build();
    }
}
