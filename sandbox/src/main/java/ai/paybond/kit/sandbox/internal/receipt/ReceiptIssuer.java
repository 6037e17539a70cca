package ai.paybond.kit.sandbox.internal.receipt;

import ai.paybond.kit.sandbox.internal.ledger.Ledger;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.IntentRow;
import ai.paybond.kit.sandbox.internal.store.LedgerStore.LedgerRow;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.SpendStore;
import ai.paybond.kit.sandbox.internal.store.VerificationRow;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.AgentReceipt;
import ai.paybond.kit.wire.receipt.Continuity;
import ai.paybond.kit.wire.receipt.SettlementReceipt;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what happened: one receipt for the tool call behind accepted evidence, one for an intent that has ended, and,
 * where a mandate was bound to the intent, a settlement receipt. What an agent does not say about itself, its receipt
 * gives as the hash of nothing.
 */
public final class ReceiptIssuer {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptIssuer.class);

    private final DocumentStore documents;
    private final SpendStore spend;
    private final Ledger ledger;
    private final Signer gateway;
    private final Clock clock;

    public ReceiptIssuer(DocumentStore documents, SpendStore spend, Ledger ledger, Signer gateway, Clock clock) {
        this.documents = documents;
        this.spend = spend;
        this.ledger = ledger;
        this.gateway = gateway;
        this.clock = clock;
    }

    /** A receipt for the call that the evidence is about; empty when no call of the intent gave its id to verify. */
    public Optional<JsonObject> issueAction(
            IntentRow intent, SignedEvidence evidence, String subject, ReceiptHeaders headers, Session session) {
        return spend.lastAllowedCall(session, intent.tenantId(), intent.intentId())
                .flatMap(call -> {
                    ReceiptText text = text(intent, call, subject, session);
                    String runId = headers.runId().orElseGet(() -> UUID.nameUUIDFromBytes(text.intentIdBytes())
                            .toString());
                    JsonObject receipt = text.action(evidence, headers.attestations(), runId);
                    return sign(receipt, headers.runId().orElse(null), session);
                });
    }

    /** The receipts of an intent that has ended. */
    public void issueTerminal(IntentRow intent, Session session) {
        Optional<VerificationRow> call = spend.lastAllowedCall(session, intent.tenantId(), intent.intentId());
        boolean settled = issueSettlement(intent, session);
        call.ifPresent(row -> sign(text(intent, row, intent.payeeDid(), session).terminal(settled), null, session));
    }

    private ReceiptText text(IntentRow intent, VerificationRow call, String subject, Session session) {
        String reservation = Optional.ofNullable(call.decisionId())
                .flatMap(id -> spend.decision(session, intent.tenantId(), id))
                .map(decision -> decision.status().equals("reserved") ? "pending" : decision.status())
                .orElse("none");
        long seq = ledger.tip(session, intent.tenantId()).map(LedgerRow::seq).orElse(0L);
        return new ReceiptText(intent, call, subject, reservation, seq, clock.instant());
    }

    /** What does not fit into a receipt, such as a currency of four letters, gets none. */
    private Optional<JsonObject> sign(JsonObject receipt, @Nullable String runId, Session session) {
        try {
            JsonObject linked = runId == null ? receipt : link(receipt, runId, session);
            JsonObject signed = AgentReceipt.of(linked).sign(gateway);
            documents.put(
                    session,
                    signed.string("tenant_id").orElseThrow(),
                    DocumentKind.AGENT_RECEIPT,
                    signed.string("receipt_id").orElseThrow(),
                    signed,
                    clock.instant());
            return Optional.of(signed);
        } catch (WireException e) {
            LOG.info("no receipt was issued: {}", e.code());
            return Optional.empty();
        }
    }

    private JsonObject link(JsonObject receipt, String runId, Session session) {
        String run = runId.toLowerCase(Locale.ROOT);
        @Nullable JsonObject prior = null;
        String tenantId = receipt.string("tenant_id").orElseThrow();
        for (var stored : documents.all(session, tenantId, DocumentKind.AGENT_RECEIPT)) {
            Optional<String> of = stored.body().object("continuity").flatMap(link -> link.string("run_id"));
            prior = of.filter(run::equals).isPresent() ? stored.body() : prior;
        }
        return receipt.with("continuity", Continuity.after(prior, run).toJson());
    }

    private boolean issueSettlement(IntentRow intent, Session session) {
        Optional<JsonObject> authorization =
                documents.find(session, intent.tenantId(), DocumentKind.AUTHORIZATION_RECEIPT, intent.intentId());
        if (authorization.isEmpty() || intent.amountCents() == 0) {
            return false;
        }
        JsonObject signed =
                SettlementReceipt.of(settlement(intent, authorization.get())).sign(gateway);
        documents.put(
                session,
                intent.tenantId(),
                DocumentKind.SETTLEMENT_RECEIPT,
                intent.intentId(),
                signed,
                clock.instant());
        return true;
    }

    private JsonObject settlement(IntentRow intent, JsonObject authorization) {
        String now = ReceiptText.seconds(clock.instant());
        return JsonObject.builder()
                .put("schema_version", 1)
                .put("kind", SettlementReceipt.KIND)
                .put("receipt_version", "1")
                .put("receipt_id", intent.intentId())
                .put("issued_at", now)
                .put("intent_id", intent.intentId())
                .put("tenant_id", intent.tenantId())
                .put("verifier_id", "paybond-gateway")
                .put("transport_binding", authorization.get("transport_binding"))
                .put("authorization_receipt_id", authorization.get("receipt_id"))
                .put("mandate_digest_sha256_hex", authorization.get("mandate_digest_sha256_hex"))
                .put("harbor_state", intent.state())
                .putIfPresent("predicate_passed", intent.predicatePassed())
                .put("settlement_rail", intent.settlementRail())
                .put("settlement_mode", "simulated")
                .put("principal_did", intent.principalDid())
                .put("payee_did", intent.payeeDid())
                .put("currency", intent.currency())
                .put("amount_cents", intent.amountCents())
                .put("terminal_observed_at", now)
                .build();
    }
}
