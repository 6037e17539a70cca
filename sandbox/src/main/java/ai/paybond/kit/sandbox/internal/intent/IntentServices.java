package ai.paybond.kit.sandbox.internal.intent;

import ai.paybond.kit.sandbox.internal.capability.CapabilityIssuer;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.receipt.ReceiptIssuer;
import ai.paybond.kit.sandbox.internal.store.EvidenceStore;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.IntentStore;
import ai.paybond.kit.sandbox.internal.store.Session;
import java.time.Clock;

/** The steps of an intent's life, put together once and shared by the routes that take them. */
public final class IntentServices {
    private final IntentStore intents;
    private final IntentCreation creation;
    private final IntentFunding funding;
    private final EvidenceIntake evidence;
    private final Settlement settlement;
    private final PolicyRegistry policies;

    public IntentServices(
            IntentStore intents,
            EvidenceStore evidence,
            CapabilityIssuer issuer,
            Ledger ledger,
            ReceiptIssuer receipts,
            PolicyRegistry policies,
            Clock clock) {
        this.intents = intents;
        this.creation = new IntentCreation(intents, issuer, ledger, clock);
        this.funding = new IntentFunding(intents, creation, clock);
        this.evidence = new EvidenceIntake(intents, evidence, ledger, receipts, clock);
        this.settlement = new Settlement(intents, ledger, receipts, clock);
        this.policies = policies;
    }

    /** @throws ApiException 404 when the tenant has no such intent */
    IntentRow find(String id, String tenantId, Session session) {
        return intents.find(session, tenantId, Request.stored(id)).orElseThrow(ApiException::notFound);
    }

    IntentStore intents() {
        return intents;
    }

    IntentCreation creation() {
        return creation;
    }

    IntentFunding funding() {
        return funding;
    }

    EvidenceIntake evidence() {
        return evidence;
    }

    Settlement settlement() {
        return settlement;
    }

    PolicyRegistry policies() {
        return policies;
    }
}
