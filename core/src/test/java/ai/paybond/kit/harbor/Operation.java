package ai.paybond.kit.harbor;

import static ai.paybond.kit.harbor.TestSessions.INTENT;
import static ai.paybond.kit.harbor.TestSessions.OPERATOR;
import static ai.paybond.kit.harbor.TestSessions.TENANT;

import ai.paybond.kit.audit.AuditExportRequest;
import ai.paybond.kit.fraud.MetricsWindow;
import ai.paybond.kit.fraud.ReleaseGate;
import ai.paybond.kit.fraud.ReviewEvent;
import ai.paybond.kit.fraud.ReviewFilter;
import ai.paybond.kit.internal.http.Repetition;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.protocol.MandateImport;
import ai.paybond.kit.run.AgentRun;
import ai.paybond.kit.wire.evidence.EvidenceVersion;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;
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
                    OPERATOR, PlatformReplies.METRICS, PlatformReplies.SIGNATURE)),
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
                    OPERATOR, PlatformReplies.SIGNATURE)),
    INTENT_LIST(session -> session.harbor().intents(IntentFilter.all()).toList(), "tenant_id", false, """
            {"intents":[{"tenant_id":"%s","intent_id":"%s","state":"funded"}],"next_cursor":null}""".formatted(
                    TENANT, INTENT)),
    LEDGER_CHECKPOINT(
            session -> session.harbor().ledgerCheckpoint(),
            "tenant_id",
            false,
            """
            {"checkpoint":%s}""".formatted(PlatformReplies.CHECKPOINT),
            Reads.OPTIONAL_MEMBERS),
    LEDGER_PROOF(session -> session.harbor().ledgerProof(1), "tenant_id", false, """
            {"seq":1,"entry_commitment_hex":"%s","audit_path_sha256_hex":[],"checkpoint":%s}""".formatted(
                    "00".repeat(32), PlatformReplies.CHECKPOINT)),
    LEDGER_VERIFY(session -> session.harbor().ledgerVerdict(), "tenant_id", false, """
            {"ok":true,"rows":3}"""),
    SPEND_PREFLIGHT(
            session -> session.preflight().ask(PreflightRequest.builder(INTENT).build()), "", false, """
            {"outcome":"allow","classification":"allow"}"""),
    SPEND_COMPLETE(
            session -> session.harbor().completeDecision("77aa-1", SpendOutcome.CONSUMED),
            "",
            false,
            "{}",
            Reads.NOTHING),
    SPEND_POLICY(session -> session.spendControls().policy(), "tenant_id", false, "{}", Reads.OPTIONAL_MEMBERS),
    SPEND_DECISIONS(session -> session.spendControls().decisions().toList(), "tenant_id", false, """
            {"items":[{"audit_id":"a-1","outcome":"deny","intent_id":"%s","operation":"op","requested_spend_cents":7,\
            "code":"operation_not_allowed"}],"limit":50,"offset":0}""".formatted(INTENT)),
    SPEND_RESERVATIONS(
            session -> session.spendControls().reservations().toList(), "tenant_id", false, """
            {"items":[{"decision_id":"d-1","intent_id":"%s","operation":"op","amount_cents":7,"status":"reserved",\
            "expires_at":"2026-06-30T12:15:00Z"}],"limit":50,"offset":0}""".formatted(INTENT)),
    ORG_POLICY_EFFECTIVE(
            session -> session.policies().effective("org-1", JsonObject.of(Map.of("version", 2))),
            "",
            false,
            """
            {"effective_policy_digest":"sha256:%s","merge_report":{"org_policy_id":"org-1"},\
            "effective_policy":{"version":1}}""".formatted("ab".repeat(32))),
    FRAUD_ASSESSMENT(session -> session.fraud().assessment(OPERATOR), "tenant_id", false, """
            {"review_state":"open","operator_did":"%s",%s}""".formatted(
                    OPERATOR, PlatformReplies.FRAUD)),
    FRAUD_REVIEW_EVENT(
            session -> session.fraud().recordReview(OPERATOR, ReviewEvent.openRequested("look")),
            "tenant_id",
            false,
            """
            {"operator_did":"%s","accepted":true,"recorded_event_type":"review_open_requested"}""".formatted(OPERATOR)),
    FRAUD_QUEUE(session -> session.fraud().reviewQueue(ReviewFilter.all()), "tenant_id", false, """
            {"items":[{"operator_did":"%s","review_state":"open",%s}]}""".formatted(
                    OPERATOR, PlatformReplies.FRAUD)),
    FRAUD_METRICS(session -> session.fraud().metrics(MetricsWindow.WEEK), "tenant_id", false, """
            {"window":"7d","window_started_at":"a","window_ended_at":"b","flagged_operator_count":1,\
            "critical_signal_count":0,"review_open_count":1,"reviewed_count":2,"confirmed_risk_count":1,\
            "false_positive_count":1,"review_precision_bps":5000,"refund_burst_count":3}"""),
    FRAUD_GATE(session -> session.fraud().releaseGate(), "tenant_id", false, """
            {"config":{"mode":"review_only"},"metrics_reliability":{"reliable":true}}"""),
    FRAUD_GATE_SET(session -> session.fraud().setReleaseGate(ReleaseGate.Mode.CRITICAL_HOLD), "tenant_id", false, """
            {"config":{"mode":"critical_hold"},"metrics_reliability":{"reliable":true}}"""),
    A2A_CARD(session -> session.a2a().card(), "", false, """
            {"name":"Paybond","version":"2.0.0-preview","supportedInterfaces":[{"url":"https://x"}]}"""),
    A2A_CONTRACTS(session -> session.a2a().contracts().toList(), "", false, """
            {"contracts":[{"id":"c-1","kind":"k","name":"n"}]}"""),
    A2A_CONTRACT(session -> session.a2a().contract("c-1"), "", false, """
            {"id":"c-1","kind":"k","name":"n"}"""),
    MANDATE_IMPORT(
            session -> session.protocol().importMandate(MandateImport.of(JsonObject.of(Map.of("a", 1)), INTENT)),
            "mandate.authorization.tenant_id",
            true,
            """
            {"valid":true,"mandate_digest_sha256_hex":"%s","mandate":{"authorization":{}},\
            "authorization_receipt":{"tenant_id":"%s","intent_id":"%s","mandate_digest_sha256_hex":"%s"}}""".formatted("ab".repeat(32), TENANT, INTENT, "ab".repeat(32))),
    MANDATE_VERIFY(session -> session.protocol().verifyMandate(JsonObject.of(Map.of("a", 1))), "", false, """
            {"valid":true,"mandate_digest_sha256_hex":"%s"}""".formatted(
                    "ab".repeat(32))),
    RECOGNITION_VERIFY(
            session -> session.protocol().verifyRecognition(PlatformReplies.proof(), PlatformReplies.REQUEST),
            "",
            false,
            """
            {"valid":true}"""),
    SETTLEMENT_RECEIPT(
            session -> session.protocol().settlementReceipt(INTENT), "tenant_id", false, """
            {"receipt_id":"%s","kind":"k"}""".formatted(INTENT)),
    SETTLEMENT_RECEIPT_VERIFY(
            session -> session.protocol().verifySettlementReceipt(JsonObject.of(Map.of("receipt_id", "r-1"))),
            "",
            false,
            PlatformReplies.VERDICT),
    AGENT_RECEIPT(session -> session.protocol().agentReceipt("r-1"), "tenant_id", false, """
            {"receipt_id":"r-1","kind":"k"}"""),
    AGENT_RECEIPTS(session -> session.protocol().terminalReceipt(INTENT), "tenant_id", false, """
            {"receipt_id":"%s","kind":"k"}""".formatted(INTENT)),
    AGENT_RECEIPT_VERIFY(
            session -> session.protocol().verifyAgentReceipt(JsonObject.of(Map.of("receipt_id", "r-1"))),
            "",
            false,
            PlatformReplies.VERDICT),
    INCLUSION_PROOF(session -> session.protocol().inclusionProof("r-1"), "tree_head.tenant_id", false, """
            {"receipt_id":"r-1","tree_head":{}}"""),
    TREE_HEAD(session -> session.protocol().treeHead(), "tenant_id", false, "{}", Reads.OPTIONAL_MEMBERS),
    RUN_PUT(session -> session.agentRuns().announce(AgentRun.of("r1", INTENT)), "", false, "{}", Reads.NOTHING),
    RUN_EVENTS_ADD(
            session -> session.agentRuns().report("r1", List.of(PlatformReplies.EVENT)),
            "",
            false,
            """
            {"accepted":1}""",
            Reads.OPTIONAL_MEMBERS),
    RUNS(session -> session.agentRuns().runs().toList(), "tenant_id", false, """
            {"items":[{"run_id":"r1","intent_id":"i","operation":"op"}],"limit":50,"offset":0}"""),
    RUN_DETAIL(session -> session.agentRuns().run("r1"), "tenant_id", false, """
            {"run_id":"r1","intent_id":"i"}"""),
    RUN_EVENTS(session -> session.agentRuns().events("r1"), "tenant_id", false, """
            {"run_id":"r1","events":[{"type":"tool_selected","toolCallId":"c"}]}"""),
    AUDIT_CREATE(
            session -> session.audit().create(AuditExportRequest.everything()),
            "job.tenant_realm_id",
            false,
            """
            {"job":%s}""".formatted(PlatformReplies.JOB)),
    AUDIT_LIST(session -> session.audit().exports().toList(), "tenant_realm_id", false, """
            {"jobs":[%s]}""".formatted(
                    PlatformReplies.JOB)),
    AUDIT_GET(session -> session.audit().export("j-1"), "tenant_realm_id", false, """
            {"status":"pending","id":"j-1","disclosure_tier":"standard","expires_at":"2026-07-01T00:00:00Z"}"""),
    AUDIT_DELETE(session -> session.audit().delete("j-1"), "", false, "{}", Reads.NOTHING);

    /** What of a reply is needed. */
    private enum Reads {
        /** Its own members, at least the first of them. */
        MEMBERS,
        /** None in particular. */
        OPTIONAL_MEMBERS,
        /** Not even the body. */
        NOTHING
    }

    private final Consumer<HarborSession> action;
    private final String tenantMember;
    private final boolean namesIntent;
    private final String rest;
    private final Reads reads;

    Operation(Consumer<HarborSession> action, String tenantMember, boolean namesIntent, String rest) {
        this(action, tenantMember, namesIntent, rest, Reads.MEMBERS);
    }

    Operation(Consumer<HarborSession> action, String tenantMember, boolean namesIntent, String rest, Reads reads) {
        this.action = action;
        this.tenantMember = tenantMember;
        this.namesIntent = namesIntent;
        this.rest = rest;
        this.reads = reads;
    }

    /** The route that it takes. */
    Route route() {
        return switch (this) {
            case CREATE -> Route.INTENT_CREATE;
            case FUND -> Route.INTENT_FUND;
            case EVIDENCE -> Route.EVIDENCE_SUBMIT;
            case CONFIRM -> Route.SETTLEMENT_CONFIRM;
            case DETAIL -> Route.INTENT_DETAIL;
            case BOOTSTRAP -> Route.GUARDRAIL_BOOTSTRAP;
            default -> Route.valueOf(name());
        };
    }

    boolean namesTenant() {
        return !tenantMember.isEmpty();
    }

    boolean needsMembers() {
        return reads == Reads.MEMBERS;
    }

    boolean readsReply() {
        return reads != Reads.NOTHING;
    }

    Repetition repetition() {
        return route().repeat();
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
        return namesTenant() ? with(reply, tenantMember, TENANT) : reply;
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
