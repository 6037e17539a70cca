package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where an intent stands: open, then funded, then evidence_submitted, then released or refunded. One that is disputed on
 * the way ends in any of the four terminal states.
 */
enum IntentState {
    OPEN,
    FUNDED,
    EVIDENCE_SUBMITTED,
    DISPUTED,
    RELEASED,
    REFUNDED,
    RESOLVED_SPLIT,
    ESCALATED_EXTERNAL;

    private static final Set<IntentState> TERMINAL = Set.of(RELEASED, REFUNDED, RESOLVED_SPLIT, ESCALATED_EXTERNAL);

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isStateOf(IntentRow intent) {
        return intent.state().equals(text());
    }

    /** The terminal state of this name. */
    static Optional<IntentState> terminal(String text) {
        return TERMINAL.stream().filter(state -> state.text().equals(text)).findFirst();
    }

    /** @throws ApiException 409 when the intent stands elsewhere */
    void require(IntentRow intent) {
        if (!isStateOf(intent)) {
            throw conflict(intent);
        }
    }

    static ApiException conflict(IntentRow intent) {
        return ApiException.nested(409, "intent.state.conflict", "The intent is " + intent.state() + ".");
    }
}
