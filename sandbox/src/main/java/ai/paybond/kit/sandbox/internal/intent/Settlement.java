package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.receipt.ReceiptIssuer;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Clock;
import java.util.Optional;

/** Settles an intent the way its evidence says; nobody gets to choose. */
final class Settlement {
    private final IntentStore intents;
    private final Ledger ledger;
    private final ReceiptIssuer receipts;
    private final Clock clock;

    Settlement(IntentStore intents, Ledger ledger, ReceiptIssuer receipts, Clock clock) {
        this.intents = intents;
        this.ledger = ledger;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** Releases or refunds; a settled intent answers as it did. An intent that ran out unfulfilled is refunded. */
    JsonObject confirm(IntentRow intent, String id, Session session) {
        Optional<IntentState> settled = IntentState.terminal(intent.state());
        if (settled.isPresent()) {
            return view(intent, id, settled.get());
        }
        boolean expired =
                IntentState.FUNDED.isStateOf(intent) && !clock.instant().isBefore(IntentRules.deadline(intent));
        if (!expired) {
            IntentState.EVIDENCE_SUBMITTED.require(intent);
        }
        boolean release = Boolean.TRUE.equals(intent.predicatePassed());
        IntentState state = release ? IntentState.RELEASED : IntentState.REFUNDED;
        settle(intent, state, session);
        return view(intent, id, state);
    }

    /** Stops an intent where it stands until a person has looked at it. */
    void dispute(IntentRow intent, String reason, Session session) {
        intents.setState(session, intent, IntentState.DISPUTED.text());
        JsonObject details = JsonObject.builder().put("reason", reason).build();
        ledger.append(session, intent.tenantId(), "disputed", intent.intentId(), details);
    }

    /** Ends an intent, in the ledger and in receipts. */
    void settle(IntentRow intent, IntentState state, Session session) {
        intents.setState(session, intent, state.text());
        JsonObject amount = JsonObject.builder()
                .put("amount_cents", intent.amountCents())
                .put("currency", intent.currency())
                .put("settlement_rail", intent.settlementRail())
                .build();
        ledger.append(session, intent.tenantId(), "settlement_rail_confirmed", intent.intentId(), amount);
        ledger.append(session, intent.tenantId(), state.text(), intent.intentId(), amount);
        intents.find(session, intent.tenantId(), intent.intentId())
                .ifPresent(ended -> receipts.issueTerminal(ended, session));
    }

    private static JsonObject view(IntentRow intent, String id, IntentState state) {
        String action =
                switch (state) {
                    case RELEASED -> "release";
                    case REFUNDED -> "refund";
                    default -> state.text();
                };
        return IntentViews.settled(intent, id, state, action);
    }
}
