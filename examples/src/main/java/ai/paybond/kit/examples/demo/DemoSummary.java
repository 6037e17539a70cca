package ai.paybond.kit.examples.demo;

import ai.paybond.kit.wire.json.JsonObject;

/**
 * What happened in a demo, counted as it happened.
 *
 * @param agents how many agents did their work
 * @param allowed calls that were permitted, those whose tool then failed included
 * @param denied calls that were refused, here or by Harbor
 * @param failed permitted calls whose tool threw
 * @param evidenceDelivered pieces of evidence that the sandbox holds
 * @param predicatesPassed those of them that fulfil their intent's predicate
 * @param theftsRefused attempts with a stolen capability that names its holder, all refused
 * @param ledgerVerified whether the tenant's whole ledger was read and found intact
 */
public record DemoSummary(
        int agents,
        int allowed,
        int denied,
        int failed,
        int evidenceDelivered,
        int predicatesPassed,
        int theftsRefused,
        boolean ledgerVerified) {
    /** One line of JSON. */
    public String toJson() {
        return JsonObject.builder()
                .put("agents", agents)
                .put("allowed", allowed)
                .put("denied", denied)
                .put("failed", failed)
                .put("evidence_delivered", evidenceDelivered)
                .put("predicates_passed", predicatesPassed)
                .put("thefts_refused", theftsRefused)
                .put("ledger_verified", ledgerVerified)
                .build()
                .toJson();
    }
}
