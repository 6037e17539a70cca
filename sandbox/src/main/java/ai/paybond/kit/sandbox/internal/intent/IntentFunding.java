package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.Digest32;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * Funds an intent on a delayed rail: a challenge as long as no payment is shown, then pending, then funded when the same
 * payment is shown again.
 */
final class IntentFunding {
    private static final String PENDING = "authorization_pending";
    private static final String SUCCEEDED = "authorization_succeeded";
    private static final int MAX_PAYMENT = 16 << 10;

    private final IntentStore intents;
    private final IntentCreation creation;
    private final Clock clock;

    IntentFunding(IntentStore intents, IntentCreation creation, Clock clock) {
        this.intents = intents;
        this.creation = creation;
        this.clock = clock;
    }

    Reply fund(Request request, IntentRow intent, String id, Session session) {
        if (IntentState.FUNDED.isStateOf(intent)) {
            return paid(200, intent, id);
        }
        IntentState.OPEN.require(intent);
        IntentRules.requireInTime(intent, clock);
        Optional<String> payment = FundingRail.of(intent).payment(request).filter(text -> !text.isBlank());
        return payment.map(text -> authorize(text, intent, id, session)).orElseGet(() -> challenge(intent, id));
    }

    private static Reply challenge(IntentRow intent, String id) {
        String terms = FundingRail.of(intent).challenge(intent, id).toJson();
        return Reply.of(402, IntentViews.funding(intent, id)).withHeader("payment-required", terms);
    }

    private Reply authorize(String payment, IntentRow intent, String id, Session session) {
        if (payment.length() > MAX_PAYMENT) {
            throw ApiException.invalid("The payment is longer than 16 KiB.");
        }
        String digest =
                Digest32.sha256(payment.getBytes(StandardCharsets.UTF_8)).hex();
        if (intent.paymentDigest() == null) {
            return paid(202, advance(intent, IntentState.OPEN, PENDING, digest, session), id);
        }
        if (!intent.paymentDigest().equals(digest)) {
            throw ApiException.nested(409, "intent.payment.conflict", "Another payment is already pending.");
        }
        IntentRow funded = advance(intent, IntentState.FUNDED, SUCCEEDED, digest, session);
        creation.recordHold(funded, session);
        return paid(200, funded, id);
    }

    private IntentRow advance(IntentRow intent, IntentState state, String status, String digest, Session session) {
        String token = state == IntentState.FUNDED ? creation.token(intent) : null;
        intents.setFunding(session, intent, state.text(), status, digest, token);
        return intents.find(session, intent.tenantId(), intent.intentId()).orElseThrow();
    }

    private static Reply paid(int status, IntentRow intent, String id) {
        String state = FundingRail.of(intent).describe(intent, id).toJson();
        return Reply.of(status, IntentViews.funding(intent, id)).withHeader("payment-response", state);
    }
}
