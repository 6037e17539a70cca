package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;

/** Settles an intent the way its evidence says; nobody gets to choose. */
final class Settlement {
    private final IntentStore intents;
    private final Ledger ledger;
    private final Clock clock;

    Settlement(IntentStore intents, Ledger ledger, Clock clock) {
        this.intents = intents;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Releases or refunds; a settled intent answers as it did. An intent that ran out unfulfilled is refunded. */
    JsonObject confirm(IntentRow intent, String id, Session session) {
        if (IntentState.RELEASED.isStateOf(intent) || IntentState.REFUNDED.isStateOf(intent)) {
            return view(intent, id, IntentState.RELEASED.isStateOf(intent));
        }
        boolean expired =
                IntentState.FUNDED.isStateOf(intent) && !clock.instant().isBefore(IntentRules.deadline(intent));
        if (!expired) {
            IntentState.EVIDENCE_SUBMITTED.require(intent);
        }
        boolean release = Boolean.TRUE.equals(intent.predicatePassed());
        settle(intent, release ? IntentState.RELEASED : IntentState.REFUNDED, session);
        return view(intent, id, release);
    }

    private void settle(IntentRow intent, IntentState state, Session session) {
        intents.setState(session, intent, state.text());
        JsonObject amount = JsonObject.builder()
                .put("amount_cents", intent.amountCents())
                .put("currency", intent.currency())
                .put("settlement_rail", intent.settlementRail())
                .build();
        ledger.append(session, intent.tenantId(), "settlement_rail_confirmed", intent.intentId(), amount);
        ledger.append(session, intent.tenantId(), state.text(), intent.intentId(), amount);
    }

    private static JsonObject view(IntentRow intent, String id, boolean release) {
        return release
                ? IntentViews.settled(intent, id, IntentState.RELEASED, "release")
                : IntentViews.settled(intent, id, IntentState.REFUNDED, "refund");
    }
}
