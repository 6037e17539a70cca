package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Connection;
import ai.paybond.kit.internal.platform.PageStream;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Request;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.commerce.Payments;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.intent.SignedIntent;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Harbor over HTTP. Direct and through the Gateway differ in the channel and the proofs only. */
final class HttpHarborClient implements HarborClient {
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Pattern DECISION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private final Channel channel;
    private final ProofOfRequest proofs;
    private final LedgerReader ledger;

    HttpHarborClient(Channel channel, ProofOfRequest proofs) {
        this.channel = channel;
        this.proofs = proofs;
        this.ledger = new LedgerReader(channel);
    }

    @Override
    public String tenantId() {
        return channel.tenantId();
    }

    @Override
    public VerifyResult verify(VerifyRequest request) {
        String intentId = checkedIntentId(request.intentId());
        Request asking = channel.to(Route.VERIFY).idempotencyKey(request.idempotencyKey());
        Reply reply = asking.json(request.body(asking.idempotencyKey()))
                .freshHeaders(path -> request.freshHeaders())
                .reply();
        return Replies.verdict(reply.ofIntent(intentId));
    }

    @Override
    public CreatedIntent createIntent(SignedIntent intent, @Nullable String idempotencyKey) {
        requireOwnTenant(intent.statement().tenantId());
        String intentId = checkedIntentId(intent.statement().intentId());
        Request creating = channel.to(Route.INTENT_CREATE);
        Reply reply = write(creating, RecognitionPurpose.INTENT_CREATE, utf8(intent.bodyJson()), idempotencyKey)
                .reply();
        return Replies.created(reply.ofIntent(intentId));
    }

    @Override
    public FundedIntent fund(FundRequest request) {
        Request funding = channel.to(Route.INTENT_FUND, checkedIntentId(request.intentId()));
        write(funding, RecognitionPurpose.INTENT_FUND, EMPTY_OBJECT, request.idempotencyKey());
        addPayment(request, funding);
        Request.Exchange answer = funding.exchange(402);
        return Replies.funded(answer.reply().ofIntent(request.intentId()), answer.http());
    }

    private static void addPayment(FundRequest request, Request write) {
        if (request.paymentSignature() != null) {
            String signature = Connection.checkedHeader(
                    "payment_signature.invalid", "the payment signature", request.paymentSignature());
            write.header("payment-signature", signature);
        }
        String credential = request.paymentAuthorization();
        if (credential != null) {
            if (credential.isBlank()) {
                throw new ConfigurationException("payment_authorization.invalid", "the payment credential is blank");
            }
            write.header(
                    "x-paybond-payment-authorization",
                    Connection.checkedHeader(
                            "payment_authorization.invalid",
                            "the payment credential",
                            Payments.authorization(credential)));
        }
    }

    @Override
    public EvidenceReceipt submitEvidence(SignedEvidence evidence, @Nullable String idempotencyKey) {
        requireOwnTenant(evidence.statement().tenantId());
        return submitSignedBody(evidence.statement().intentId(), evidence.bodyJson(), idempotencyKey);
    }

    @Override
    public EvidenceReceipt submitSignedBody(String intentId, String signedBody, @Nullable String idempotencyKey) {
        Request submitting = channel.to(Route.EVIDENCE_SUBMIT, checkedIntentId(intentId));
        Reply reply = write(submitting, RecognitionPurpose.EVIDENCE_SUBMIT, utf8(signedBody), idempotencyKey)
                .reply();
        return Replies.evidence(reply.ofIntent(intentId), "state");
    }

    @Override
    public SettlementReceipt confirmSettlement(String intentId, @Nullable String idempotencyKey) {
        Request confirming = channel.to(Route.SETTLEMENT_CONFIRM, checkedIntentId(intentId));
        Reply reply = write(confirming, RecognitionPurpose.SETTLEMENT_CONFIRM, EMPTY_OBJECT, idempotencyKey)
                .reply();
        return Replies.settlement(reply.ofIntent(intentId));
    }

    /** A Gateway route in both modes: reservations are the Gateway's. */
    @Override
    public void completeDecision(@Nullable String decisionId, SpendOutcome outcome) {
        if (decisionId == null) {
            return;
        }
        if (!DECISION_ID.matcher(decisionId).matches()) {
            throw new ConfigurationException("decision_id.invalid", "the decision id is not one that Paybond issues");
        }
        channel.to(Route.SPEND_COMPLETE, decisionId)
                .idempotencyKey("decision:" + decisionId + ":" + outcome.text())
                .json(JsonObject.of(Map.of("outcome", outcome.text())))
                .done();
    }

    @Override
    public IntentDetail intent(String intentId) {
        Reply reply = channel.to(Route.INTENT_DETAIL, checkedIntentId(intentId)).reply();
        return Replies.detail(reply.ofIntent(intentId));
    }

    @Override
    public Stream<IntentDetail> intents(IntentFilter filter) {
        return PageStream.of(cursor -> {
            Reply reply = channel.to(Route.INTENT_LIST)
                    .query("status", filter.state())
                    .query("operator_did", filter.operatorDid())
                    .query("cursor", cursor.orElse(null))
                    .reply();
            List<IntentDetail> rows = reply.objects("intents").stream()
                    .map(row -> Replies.detail(reply.inner(row).ofTenant("tenant_id", tenantId())))
                    .toList();
            return new PageStream.Page<>(rows, reply.optionalString("next_cursor"));
        });
    }

    @Override
    public Stream<LedgerEntry> ledger(long afterSequence) {
        return ledger.all(afterSequence);
    }

    @Override
    public Optional<LedgerCheckpoint> ledgerCheckpoint() {
        return channel.to(Route.LEDGER_CHECKPOINT)
                .reply()
                .optionalIn("checkpoint")
                .map(checkpoint -> LedgerCheckpoint.of(checkpoint, tenantId()));
    }

    @Override
    public LedgerProof ledgerProof(long sequence) {
        return LedgerProof.of(
                channel.to(Route.LEDGER_PROOF).query("seq", sequence).reply(), sequence, tenantId());
    }

    @Override
    public LedgerVerdict ledgerVerdict() {
        return LedgerVerdict.of(channel.to(Route.LEDGER_VERIFY).reply());
    }

    @Override
    public LedgerTip ledgerTip() {
        return ledger.tip();
    }

    @Override
    public LedgerPage ledgerEvents(long afterSequence, int limit) {
        return ledger.events(afterSequence, limit);
    }

    @Override
    public VerifyingKey ledgerAuthority() {
        return ledger.authority();
    }

    @Override
    public LedgerVerification verifyLedger(VerifyingKey authority) {
        return new LedgerAudit(ledger, tenantId(), authority).run();
    }

    private Request write(Request request, RecognitionPurpose purpose, byte[] body, @Nullable String idempotencyKey) {
        return request.idempotencyKey(idempotencyKey)
                .json(body)
                .freshHeaders(path -> proofs.headers(purpose, path, body));
    }

    private void requireOwnTenant(String signedFor) {
        if (!signedFor.equals(tenantId())) {
            throw new ConfigurationException(
                    "tenant.mismatch", "this was signed for another tenant than the session's");
        }
    }

    /** What goes into a path is nothing but a UUID. */
    static String checkedIntentId(String intentId) {
        if (!UuidText.isValid(intentId)) {
            throw new ConfigurationException("intent_id.invalid", "the intent id is not a UUID");
        }
        return intentId;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
