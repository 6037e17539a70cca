package ai.paybond.kit.internal.platform;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.platform.Shape.Repeat;
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
    /** One intent. */
    INTENT_DETAIL(Shape.get("/operator/v1/intents/{intent_id}").ofHarbor()),

    /** The newest row. */
    LEDGER_TIP(Shape.get("/ledger/v1/tip").ofHarbor()),
    /** A page of rows. */
    LEDGER_EVENTS(Shape.get("/ledger/v1/events").ofHarbor()),
    /** The key that signs. */
    LEDGER_AUTHORITY(Shape.get("/ledger/v1/authority").ofHarbor()),

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
    FRAUD_REVIEW_EVENT(Shape.once("POST", "/signal/v1/operators/{operator_did}/review-events")),
    /** Operators to look at. */
    FRAUD_QUEUE(Shape.get("/signal/v1/review-queue")),
    /** Counts of a window. */
    FRAUD_METRICS(Shape.get("/signal/v1/fraud/metrics")),
    /** Whether releases are held. */
    FRAUD_GATE(Shape.get("/signal/v1/fraud/release-gate")),
    /** Holds releases, or stops holding them. */
    FRAUD_GATE_SET(Shape.put("/signal/v1/fraud/release-gate"));

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

    /** When a call is sent again, for people: {@code freely}, {@code by key} or {@code if refused}. */
    public String repetition() {
        return shape.repeat().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    boolean isRepeatedByKey() {
        return shape.repeat() == Repeat.BY_KEY;
    }

    boolean isRepeatedIfRefusedOnly() {
        return shape.repeat() == Repeat.IF_REFUSED;
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
