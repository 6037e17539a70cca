package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.INTENT;
import static ai.paybond.kit.harbor.TestSessions.OPERATOR;
import static ai.paybond.kit.harbor.TestSessions.TENANT;

import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every operation whose reply has to be believed, with an honest reply to it. */
enum Operation {
    VERIFY(session -> session.harbor().verify(TestSessions.question()), "tenant", true, """
            {"allow":true,"audit_id":"b1c2d3e4-0000-4000-8000-000000000001"}"""),
    CREATE(session -> session.intents().create(TestSessions.intent().build()), "tenant", true, """
            {"state":"funded","capability_token":"c2VjcmV0LWNhcGFiaWxpdHk="}"""),
    FUND(session -> session.harbor().fund(FundRequest.of(INTENT)), "tenant", true, """
            {"state":"funded","settlement_rail":"x402_usdc_base","currency":"usd","amount_cents":2000,"funded":true}"""),
    EVIDENCE(
            session -> session.harbor().submitEvidence(TestSessions.evidence(EvidenceVersion.V2), null),
            "tenant",
            true,
            """
            {"state":"evidence_submitted","predicate_passed":true}"""),
    CONFIRM(session -> session.harbor().confirmSettlement(INTENT, null), "tenant", true, """
            {"state":"released","action":"release"}"""),
    DETAIL(session -> session.harbor().intent(INTENT), "tenant_id", true, """
            {"state":"funded","allowed_tools":["travel.book_hotel"]}"""),
    APPROVAL(session -> session.approvals().get(TestSessions.APPROVAL), "tenant_id", false, """
            {"approval_request_id":"%s","status":"approved","intent_id":"%s","operation":"travel.book_hotel",\
            "requested_spend_cents":18700,"approval_token":"approval-secret"}""".formatted(
                    TestSessions.APPROVAL, INTENT)),
    LEDGER_TIP(session -> session.harbor().ledgerTip(), "tenant_id", false, """
            {"seq":0,"entry_commitment_hex":"%s","empty":true}""".formatted("00".repeat(32))),
    LEDGER_EVENTS(session -> session.harbor().ledgerEvents(0, 10), "tenant_id", false, """
            {"entries":[],"next_after_seq":null}"""),
    LEDGER_AUTHORITY(session -> session.harbor().ledgerAuthority(), "tenant_id", false, """
            {"verifying_key_hex":"%s"}""".formatted(
                    TestSessions.SIGNER.publicKey().hex())),
    POLICY_VALIDATE(
            session -> session.policies().validate(JsonObject.of(Map.of("version", 1)), Policies.Strictness.STANDARD),
            "tenant_id",
            false,
            """
            {"valid":true,"local_valid":true,"remote_valid":true,"errors":[],"warnings":[],"checks":[]}"""),
    BOOTSTRAP(
            session -> session.guardrails().bootstrap(BootstrapRequest.of("travel.book_hotel", 100)),
            "tenant_id",
            false,
            """
            {"intent_id":"%s","capability_token":"x","operation":"travel.book_hotel","requested_spend_cents":100,"sandbox_lifecycle_status":"funded"}""".formatted(INTENT)),
    GUARDRAIL_EVIDENCE(
            session -> session.guardrails()
                    .submitEvidence(
                            new GuardrailEvidence(INTENT, JsonObject.of(Map.of("ok", true)), null, null, null), null),
            "tenant_id",
            true,
            """
            {"sandbox_lifecycle_status":"released"}"""),
    SIGNAL_RECEIPT(session -> session.signal().receipt(OPERATOR), "receipt.tenant_id", false, """
            {"receipt":{"operator_did":"%s","score_version":"1.0","score":801.5,"ledger_watermark_seq":3,\
            "metrics":%s,%s}}""".formatted(
                    OPERATOR, SignalReplies.METRICS, SignalReplies.SIGNATURE)),
    SIGNAL_EXPLANATION(session -> session.signal().explanation(OPERATOR), "tenant_id", false, """
            {"operator_did":"%s"}""".formatted(OPERATOR)),
    SIGNAL_REVIEW_STATUS(
            session -> session.signal().reviewStatus(OPERATOR), "tenant_id", false, """
            {"operator_did":"%s","review_state":"none"}""".formatted(OPERATOR)),
    SIGNAL_PORTFOLIO(session -> session.signal().portfolioSummary(), "tenant_id", false, """
            {"score_model_version":"1.0","checkpoint_last_ledger_seq":9,"operator_count":2,"average_score":801.5,\
            "total_terminal_intents":4,"total_receipted_volume_cents":1000,"operators_under_review":0}"""),
    SIGNAL_PORTFOLIO_EXPORT(session -> session.signal().signedPortfolio(), "tenant_id", false, """
            {"kind":"paybond.signal.portfolio_snapshot","score_model_version":"1.0","checkpoint_last_ledger_seq":9,\
            "operators":[{"operator_did":"%s","score":812,"ledger_watermark_seq":9}],%s}""".formatted(
                    OPERATOR, SignalReplies.SIGNATURE));

    private final Consumer<HarborSession> action;
    private final String tenantMember;
    private final boolean namesIntent;
    private final String rest;

    Operation(Consumer<HarborSession> action, String tenantMember, boolean namesIntent, String rest) {
        this.action = action;
        this.tenantMember = tenantMember;
        this.namesIntent = namesIntent;
        this.rest = rest;
    }

    void run(HarborSession session) {
        action.accept(session);
    }

    String tenantMember() {
        return tenantMember;
    }

    boolean namesIntent() {
        return namesIntent;
    }

    JsonObject goodReply() {
        JsonObject reply = JsonObject.parse(rest);
        if (namesIntent) {
            reply = JsonObject.builder().put("intent_id", INTENT).putAll(reply).build();
        }
        return with(reply, tenantMember, TENANT);
    }

    /** The honest reply with the tenant said otherwise. */
    JsonObject replyNamingTenant(@Nullable Object tenant) {
        return with(goodReply(), tenantMember, tenant);
    }

    /** The honest reply without a tenant. */
    JsonObject replyNamingNoTenant() {
        return without(goodReply(), tenantMember);
    }

    /** The honest reply without the first member that is its own. */
    JsonObject replyWithoutItsFirstOwnMember() {
        JsonObject reply = goodReply();
        String first = reply.members().keySet().stream()
                .filter(name -> !name.equals(tenantMember) && !name.equals("intent_id"))
                .findFirst()
                .orElseThrow();
        return reply.without(first);
    }

    private static JsonObject with(JsonObject reply, String path, @Nullable Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return JsonObject.builder()
                    .put(path, value)
                    .putAll(reply.without(path))
                    .build();
        }
        String outer = path.substring(0, dot);
        JsonObject inner = reply.object(outer).orElseThrow();
        return reply.with(outer, with(inner, path.substring(dot + 1), value));
    }

    private static JsonObject without(JsonObject reply, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return reply.without(path);
        }
        String outer = path.substring(0, dot);
        return reply.with(outer, without(reply.object(outer).orElseThrow(), path.substring(dot + 1)));
    }
}
