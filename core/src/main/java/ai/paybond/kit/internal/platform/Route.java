package ai.paybond.kit.internal.platform;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.http.Repetition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every call that the clients of a session make; there is no other way to make one. */
public enum Route {
    /** API key for Harbor token. */
    HARBOR_ACCESS(Shape.ask("/v1/auth/harbor-access").unechoed()),
    /** Whose key it is. */
    PRINCIPAL(Shape.get("/v1/auth/principal").unechoed()),

    /** At the root of both servers. */
    VERIFY(Shape.post("/verify").ofHarbor().echoing("tenant")),
    /** A new intent. */
    INTENT_CREATE(Shape.post("/intents").ofHarbor().echoing("tenant")),
    /** Money for an intent. */
    INTENT_FUND(Shape.post("/intents/{intent_id}/fund").ofHarbor().echoing("tenant")),
    /** Signed evidence. */
    EVIDENCE_SUBMIT(Shape.post("/intents/{intent_id}/evidence").ofHarbor().echoing("tenant")),
    /** Release or refund. */
    SETTLEMENT_CONFIRM(
            Shape.post("/intents/{intent_id}/settlement/confirm").ofHarbor().echoing("tenant")),
    /** Intents, page by page. */
    INTENT_LIST(Shape.get("/operator/v1/intents").ofHarbor()),
    /** One intent. */
    INTENT_DETAIL(Shape.get("/operator/v1/intents/{intent_id}").ofHarbor()),

    /** The newest row. */
    LEDGER_TIP(Shape.get("/ledger/v1/tip").ofHarbor()),
    /** A page of rows. */
    LEDGER_EVENTS(Shape.get("/ledger/v1/events").ofHarbor()),
    /** The key that signs. */
    LEDGER_AUTHORITY(Shape.get("/ledger/v1/authority").ofHarbor()),

    /** The signed root over all rows. */
    LEDGER_CHECKPOINT(Shape.get("/ledger/v1/merkle/latest").ofHarbor()),
    /** How one row hangs below it. */
    LEDGER_PROOF(Shape.get("/ledger/v1/merkle/proof").ofHarbor()),
    /** What the server says of its own ledger. */
    LEDGER_VERIFY(Shape.get("/ledger/v1/verify").ofHarbor()),

    /** The spend policy in force. */
    SPEND_POLICY(Shape.get("/v1/admin/spend-controls/policy").namingTenant()),
    /** What was decided. */
    SPEND_DECISIONS(Shape.get("/v1/admin/spend-controls/decisions").namingTenant()),
    /** What is held. */
    SPEND_RESERVATIONS(Shape.get("/v1/admin/spend-controls/reservations").namingTenant()),
    /** The end of a reservation; its reply promises no member. */
    SPEND_COMPLETE(Shape.post("/v1/spend/decisions/{decision_id}/complete")
            .namingTenant()
            .unechoed()),
    /** How an approval stands. */
    APPROVAL(Shape.get("/v1/spend/approvals/{approval_request_id}").namingTenant()),

    /** What would become of a spend; its contract promises no echo. */
    SPEND_PREFLIGHT(Shape.ask("/v1/spend/preflight").namingTenant().unechoed()),

    /** A policy file. */
    POLICY_VALIDATE(Shape.ask("/v1/policy/validate").namingTenant()),
    /** An overlay on its organisation's policy; its contract promises no echo. */
    ORG_POLICY_EFFECTIVE(Shape.ask("/v1/org-policies/{org_policy_id}/effective")
            .namingTenant()
            .unechoed()),

    /** A code for a person to agree to; neither of these two is sent twice. */
    DEVICE_START(Shape.ask("/v1/public/auth/device/start").open().unechoed().neverRepeated()),
    /** The key, once somebody has agreed. */
    DEVICE_TOKEN(Shape.ask("/v1/public/auth/device/token").open().unechoed().neverRepeated()),

    /** A ready-made intent. These two routes refuse the tenant header. */
    GUARDRAIL_BOOTSTRAP(Shape.post("/v1/sandbox/guardrails/bootstrap")),
    /** Its evidence. */
    GUARDRAIL_EVIDENCE(Shape.post("/v1/sandbox/guardrails/{intent_id}/evidence")),

    /** An operator's reputation. */
    SIGNAL_RECEIPT(Shape.get("/reputation/{operator_did}").echoing("receipt.tenant_id")),
    /** What makes up a score. */
    SIGNAL_EXPLANATION(Shape.get("/signal/v1/operators/{operator_did}/explanation")),
    /** Signal's view of a review. */
    SIGNAL_REVIEW_STATUS(Shape.get("/signal/v1/operators/{operator_did}/review-status")),
    /** All operators in sum. */
    SIGNAL_PORTFOLIO(Shape.get("/signal/v1/portfolio/summary")),
    /** All operators, signed. */
    SIGNAL_PORTFOLIO_EXPORT(Shape.get("/signal/v1/portfolio/signed-export")),

    /** The whole of a review. */
    FRAUD_ASSESSMENT(Shape.get("/signal/v1/operators/{operator_did}/review-status")),
    /** Something said about an operator; its 429 is an answer. */
    FRAUD_REVIEW_EVENT(Shape.once("POST", "/signal/v1/operators/{operator_did}/review-events")
            .neverRepeated()),
    /** Operators to look at. */
    FRAUD_QUEUE(Shape.get("/signal/v1/review-queue")),
    /** Counts of a window. */
    FRAUD_METRICS(Shape.get("/signal/v1/fraud/metrics")),
    /** Whether releases are held. */
    FRAUD_GATE(Shape.get("/signal/v1/fraud/release-gate")),
    /** Holds releases, or stops holding them. */
    FRAUD_GATE_SET(Shape.put("/signal/v1/fraud/release-gate")),

    /** How the Gateway describes itself. */
    A2A_CARD(Shape.get("/.well-known/agent-card.json").open()),
    /** Settlement tasks. */
    A2A_CONTRACTS(Shape.get("/protocol/v2/a2a/task-contracts").open()),
    /** One of them. */
    A2A_CONTRACT(Shape.get("/protocol/v2/a2a/task-contracts/{contract_id}").open()),

    /** Binds a mandate to an intent; the proof inside is good for one sending. */
    MANDATE_IMPORT(
            Shape.once("POST", "/protocol/v2/mandates").namingTenant().echoing("mandate.authorization.tenant_id")),
    /** A mandate of anyone's. */
    MANDATE_VERIFY(Shape.ask("/protocol/v2/mandates/verify").namingTenant().unechoed()),
    /** A proof for the session's tenant. */
    RECOGNITION_VERIFY(
            Shape.ask("/protocol/v2/recognition/verify").namingTenant().unechoed()),
    /** The receipt of a settlement. */
    SETTLEMENT_RECEIPT(Shape.get("/protocol/v2/receipts/{receipt_id}").namingTenant()),
    /** A settlement receipt of anyone's. */
    SETTLEMENT_RECEIPT_VERIFY(
            Shape.ask("/protocol/v2/receipts/verify").namingTenant().unechoed()),
    /** One agent receipt. */
    AGENT_RECEIPT(Shape.get("/protocol/v2/agent-receipts/{receipt_id}").namingTenant()),
    /** Agent receipts by call, by intent, or all. */
    AGENT_RECEIPTS(Shape.get("/protocol/v2/agent-receipts").namingTenant()),
    /** An agent receipt of anyone's. */
    AGENT_RECEIPT_VERIFY(
            Shape.ask("/protocol/v2/agent-receipts/verify").namingTenant().unechoed()),
    /** How a receipt hangs in the log; the tree head inside names the tenant. */
    INCLUSION_PROOF(Shape.get("/protocol/v2/agent-receipts/{receipt_id}/inclusion-proof")
            .namingTenant()
            .echoing("tree_head.tenant_id")),
    /** The signed state of the log. */
    TREE_HEAD(Shape.get("/protocol/v2/transparency/tree-head").namingTenant()),

    /** Announces a run; its reply promises no member. */
    RUN_PUT(Shape.put("/v1/agent-runs/{run_id}").namingTenant().unechoed()),
    /** What happened in a run; its reply promises no member. */
    RUN_EVENTS_ADD(Shape.once("POST", "/v1/agent-runs/{run_id}/trace-events")
            .namingTenant()
            .unechoed()),
    /** Runs, page by page. */
    RUNS(Shape.get("/v1/agent-runs").namingTenant()),
    /** One run. */
    RUN_DETAIL(Shape.get("/v1/agent-runs/{run_id}").namingTenant()),
    /** What happened in it. */
    RUN_EVENTS(Shape.get("/v1/agent-runs/{run_id}/trace-events").namingTenant()),

    /** Orders an export. The tenant of a job stands inside it. */
    AUDIT_CREATE(Shape.once("POST", "/v1/compliance/audit-exports").unechoed()),
    /** Exports, page by page. */
    AUDIT_LIST(Shape.get("/v1/compliance/audit-exports").echoing("tenant_realm_id")),
    /** One export. */
    AUDIT_GET(Shape.get("/v1/compliance/audit-exports/{job_id}").unechoed()),
    /** Deletes an export; its reply promises no member. */
    AUDIT_DELETE(Shape.once("DELETE", "/v1/compliance/audit-exports/{job_id}").unechoed()),
    /** The bundle of an export, opened by a token of its own. */
    AUDIT_BUNDLE(Shape.ask("/v1/compliance/audit-exports/{job_id}/bundle").unechoed());

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");
    private static final Pattern UNESCAPED = Pattern.compile("[A-Za-z0-9_.!~*'()-]");
    private static final Pattern UNFIT = Pattern.compile("\\s*|\\.{1,2}|.*\\p{Cntrl}.*|\\s.*|.*\\s", Pattern.DOTALL);
    private static final int LONGEST_PARAMETER = 512;

    private final Shape shape;

    Route(Shape shape) {
        this.shape = shape;
    }

    /** The HTTP method. */
    public String method() {
        return shape.method();
    }

    /** The path, parameters in braces, as direct Harbor and the root of the Gateway have it. */
    public String template() {
        return shape.template();
    }

    /** The path under which the Gateway serves it. */
    public String gatewayTemplate() {
        return (isUnderHarbor() ? "/harbor" : "") + shape.template();
    }

    /** Whether direct Harbor serves it. */
    public boolean isOfHarbor() {
        return shape.harbor();
    }

    /** Verification is Harbor's, but the Gateway has it at its root. */
    private boolean isUnderHarbor() {
        return shape.harbor() && this != VERIFY;
    }

    /** When a call is sent again. */
    public Repetition repeat() {
        return shape.repeat();
    }

    /** Whether a call carries an idempotency key. */
    public boolean isKeyed() {
        return shape.keyed();
    }

    boolean namesTenant() {
        return shape.namesTenant();
    }

    boolean isAnonymous() {
        return shape.anonymous();
    }

    String echo() {
        return shape.echo();
    }

    /**
     * The path with its parameters, percent-encoded as JavaScript's {@code encodeURIComponent} does.
     *
     * @throws ConfigurationException {@code <parameter>.invalid} for one that is blank, padded, a dot segment, longer than 512
     *     characters or holds control characters
     */
    String path(List<String> parameters, boolean atGateway) {
        Matcher places = PARAMETER.matcher(atGateway ? gatewayTemplate() : template());
        StringBuilder path = new StringBuilder();
        for (String parameter : parameters) {
            if (!places.find()) {
                throw new IllegalArgumentException(name() + " has fewer parameters");
            }
            places.appendReplacement(path, Matcher.quoteReplacement(encoded(places.group(1), parameter)));
        }
        return places.appendTail(path).toString();
    }

    private static String encoded(String name, String value) {
        if (value.length() > LONGEST_PARAMETER || UNFIT.matcher(value).matches()) {
            throw new ConfigurationException(name + ".invalid", name + " cannot stand in a path");
        }
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            String character = String.valueOf((char) (octet & 0xff));
            encoded.append(
                    UNESCAPED.matcher(character).matches() ? character : String.format(Locale.ROOT, "%%%02X", octet));
        }
        return encoded.toString();
    }
}
