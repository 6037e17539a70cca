package ai.paybond.kit.sandbox.internal.signal;

import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What an operator's intents came to; amounts are cents, rates basis points. */
record OperatorRecord(String did, long released, long refunded, long disputed, long receiptedVolumeCents) {
    private static final int REPEATED = 3;
    private static final long BASIS = 10_000;

    /** Of the intents that the operator was paid for. */
    static OperatorRecord of(String did, List<IntentRow> intents) {
        long released = 0;
        long refunded = 0;
        long disputed = 0;
        long volume = 0;
        for (IntentRow intent : intents) {
            switch (intent.state()) {
                case "released":
                    released++;
                    volume += intent.amountCents();
                    break;
                case "refunded":
                    refunded++;
                    break;
                case "disputed", "resolved_split", "escalated_external":
                    disputed++;
                    break;
                default:
                    break;
            }
        }
        return new OperatorRecord(did, released, refunded, disputed, volume);
    }

    long terminal() {
        return released + refunded + disputed;
    }

    /** 500 for a stranger, towards 1000 for one who always fulfils and towards 0 for one who never does. */
    long score() {
        long weight = Math.min(terminal(), 10);
        return terminal() == 0 ? 500 : 500 + weight * (2 * rate(released) - BASIS) / 200;
    }

    boolean repeatsFailures() {
        return refunded >= REPEATED;
    }

    boolean isClusterOfDisputes() {
        return disputed >= REPEATED;
    }

    boolean isSuspicious() {
        return repeatsFailures() || isClusterOfDisputes();
    }

    List<String> reasonCodes() {
        List<String> codes = new ArrayList<>();
        if (terminal() == 0) {
            codes.add("NO_HISTORY");
        }
        if (repeatsFailures()) {
            codes.add("REPEATED_FAILED_PREDICATES");
        }
        if (isClusterOfDisputes()) {
            codes.add("DISPUTE_CLUSTER");
        }
        return codes;
    }

    JsonObject metrics() {
        return JsonObject.builder()
                .put("terminal_intents", terminal())
                .put("released", released)
                .put("refunded", refunded)
                .put("disputed", disputed)
                .put("success_rate_bps", rate(released))
                .put("dispute_rate_bps", rate(disputed))
                .put("refund_rate_bps", rate(refunded))
                .put("mean_latency_nanos", 0)
                .put("latency_sample_count", 0)
                .put("receipted_volume_cents", receiptedVolumeCents)
                .build();
    }

    private long rate(long part) {
        return terminal() == 0 ? 0 : part * BASIS / terminal();
    }
}
