package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;
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

    private Reply challenge(IntentRow intent, String id) {
        return Reply.of(402, IntentViews.funding(intent, id))
                .withHeaders(terms(intent, id).challenge(null));
    }

    private PaymentTerms terms(IntentRow intent, String id) {
        return new PaymentTerms(intent, FundingRail.endpoint(id), clock.instant());
    }

    private Reply authorize(String payment, IntentRow intent, String id, Session session) {
        if (payment.length() > MAX_PAYMENT) {
            throw ApiException.invalid("The payment is longer than 16 KiB.");
        }
        PaymentTerms terms = terms(intent, id);
        return terms.fault(payment)
                .map(fault -> rejected(terms, fault, intent, id))
                .orElseGet(() -> authorized(payment, intent, id, session));
    }

    /** Nothing is written: a payer may still pay as asked. */
    private static Reply rejected(PaymentTerms terms, String fault, IntentRow intent, String id) {
        JsonObject view = IntentViews.funding(intent, id);
        JsonObject funding = view.object("funding")
                .orElseThrow()
                .with("status", FundingRail.of(intent).rejection());
        return Reply.of(402, view.with("funding", funding)).withHeaders(terms.challenge(fault));
    }

    private Reply authorized(String payment, IntentRow intent, String id, Session session) {
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

    private Reply paid(int status, IntentRow intent, String id) {
        FundingRail rail = FundingRail.of(intent);
        Reply reply = Reply.of(status, IntentViews.funding(intent, id))
                .withHeader("payment-response", rail.describe(intent, id).toJson());
        return status == 200 && rail == FundingRail.STRIPE_MPP
                ? reply.withHeader("payment-receipt", terms(intent, id).mppReceipt())
                : reply;
    }
}
