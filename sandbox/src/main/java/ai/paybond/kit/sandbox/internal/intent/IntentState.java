package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import java.util.Locale;

/** Where an intent stands: open, then funded, then evidence_submitted, then released or refunded. */
enum IntentState {
    OPEN,
    FUNDED,
    EVIDENCE_SUBMITTED,
    RELEASED,
    REFUNDED;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isStateOf(IntentRow intent) {
        return intent.state().equals(text());
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
