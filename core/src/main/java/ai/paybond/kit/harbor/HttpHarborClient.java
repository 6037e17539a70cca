package ai.paybond.kit.harbor;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.http.HttpCall;
import ai.paybond.kit.internal.http.HttpReply;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.evidence.SignedEvidence;
import ai.paybond.kit.wire.intent.SignedIntent;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionPurpose;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Harbor over HTTP. Direct and through the Gateway differ in the connection, a path prefix and the proofs only. */
final class HttpHarborClient implements HarborClient {
    private static final String TENANT_HEADER = "x-tenant-id";
    private static final byte[] EMPTY_OBJECT = utf8("{}");
    private static final Pattern DECISION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private final Connection harbor;
    private final Connection gateway;
    private final String prefix;
    private final String tenantId;
    private final ProofOfRequest proofs;
    private final Machine machine;
    private final LedgerReader ledger;

    /**
     * @param harbor where Harbor's routes are
     * @param prefix what stands before Harbor's paths there, {@code /verify} excepted
     * @param gateway where spend decisions are completed
     */
    HttpHarborClient(
            Connection harbor,
            String prefix,
            Connection gateway,
            String tenantId,
            ProofOfRequest proofs,
            Machine machine) {
        this.harbor = harbor;
        this.gateway = gateway;
        this.prefix = prefix;
        this.tenantId = tenantId;
        this.proofs = proofs;
        this.machine = machine;
        this.ledger = new LedgerReader(this::read, tenantId);
    }

    @Override
    public String tenantId() {
        return tenantId;
    }

    @Override
    public VerifyResult verify(VerifyRequest request) {
        String intentId = checkedIntentId(request.intentId());
        String key = keyOrNew(request.idempotencyKey());
        HttpCall call = forTenant(
                        harbor.postJson("/verify", utf8(request.body(key).toJson()), key))
                .freshHeaders(request::freshHeaders)
                .build();
        return Replies.verdict(about(intentId, harbor.json(call)));
    }

    @Override
    public CreatedIntent createIntent(SignedIntent intent, @Nullable String idempotencyKey) {
        requireOwnTenant(intent.statement().tenantId());
        String intentId = checkedIntentId(intent.statement().intentId());
        byte[] body = utf8(intent.bodyJson());
        HttpCall call = write(RecognitionPurpose.INTENT_CREATE, "/intents", body, idempotencyKey)
                .build();
        return Replies.created(about(intentId, harbor.json(call)));
    }

    @Override
    public FundedIntent fund(FundRequest request) {
        String path = intentPath(request.intentId()) + "/fund";
        HttpCall.Builder write = write(RecognitionPurpose.INTENT_FUND, path, EMPTY_OBJECT, request.idempotencyKey());
        if (request.paymentSignature() != null) {
            String signature = Connection.checkedHeader(
                    "payment_signature.invalid", "the payment signature", request.paymentSignature());
            write.header("payment-signature", signature);
        }
        HttpCall call = write.build();
        HttpReply http = harbor.send(call);
        if (!http.successful() && http.status() != 402) {
            throw Connection.rejected(call, http);
        }
        return Replies.funded(about(request.intentId(), Connection.parse(call, http)), http);
    }

    @Override
    public EvidenceReceipt submitEvidence(SignedEvidence evidence, @Nullable String idempotencyKey) {
        requireOwnTenant(evidence.statement().tenantId());
        return submitSignedBody(evidence.statement().intentId(), evidence.bodyJson(), idempotencyKey);
    }

    @Override
    public EvidenceReceipt submitSignedBody(String intentId, String signedBody, @Nullable String idempotencyKey) {
        String path = intentPath(intentId) + "/evidence";
        HttpCall call = write(RecognitionPurpose.EVIDENCE_SUBMIT, path, utf8(signedBody), idempotencyKey)
                .build();
        return Replies.evidence(about(intentId, harbor.json(call)), "state");
    }

    @Override
    public SettlementReceipt confirmSettlement(String intentId, @Nullable String idempotencyKey) {
        String path = intentPath(intentId) + "/settlement/confirm";
        HttpCall call = write(RecognitionPurpose.SETTLEMENT_CONFIRM, path, EMPTY_OBJECT, idempotencyKey)
                .build();
        return Replies.settlement(about(intentId, harbor.json(call)));
    }

    /** A Gateway route in both modes: reservations are the Gateway's. Its reply promises no member. */
    @Override
    public void completeDecision(@Nullable String decisionId, SpendOutcome outcome) {
        if (decisionId == null) {
            return;
        }
        if (!DECISION_ID.matcher(decisionId).matches()) {
            throw new ConfigurationException("decision_id.invalid", "the decision id is not one that Paybond issues");
        }
        byte[] body = utf8(JsonObject.of(Map.of("outcome", outcome.text())).toJson());
        String key = "decision:" + decisionId + ":" + outcome.text();
        String path = "/v1/spend/decisions/" + decisionId + "/complete";
        gateway.ok(forTenant(gateway.postJson(path, body, key)).build());
    }

    @Override
    public IntentDetail intent(String intentId) {
        String path = "/operator/v1" + intentPath(intentId);
        return Replies.detail(
                read(path, Function.identity()).ofTenant("tenant_id", tenantId).ofIntent(intentId));
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
        return new LedgerAudit(ledger, tenantId, authority).run();
    }

    private Reply read(String path, Function<HttpCall.Builder, HttpCall.Builder> query) {
        return harbor.json(query.apply(forTenant(harbor.get(prefix + path))).build());
    }

    private HttpCall.Builder write(
            RecognitionPurpose purpose, String path, byte[] body, @Nullable String idempotencyKey) {
        String sentPath = prefix + path;
        return forTenant(harbor.postJson(sentPath, body, keyOrNew(idempotencyKey)))
                .freshHeaders(() -> proofs.headers(purpose, sentPath, body));
    }

    private HttpCall.Builder forTenant(HttpCall.Builder call) {
        return call.header(TENANT_HEADER, tenantId);
    }

    private Reply about(String intentId, Reply reply) {
        return reply.ofTenant("tenant", tenantId).ofIntent(intentId);
    }

    private String keyOrNew(@Nullable String idempotencyKey) {
        return idempotencyKey == null ? machine.newId() : idempotencyKey;
    }

    private void requireOwnTenant(String signedFor) {
        if (!signedFor.equals(tenantId)) {
            throw new ConfigurationException(
                    "tenant.mismatch", "this was signed for another tenant than the session's");
        }
    }

    private static String intentPath(String intentId) {
        return "/intents/" + checkedIntentId(intentId);
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
