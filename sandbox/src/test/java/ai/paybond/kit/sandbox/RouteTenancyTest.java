package ai.paybond.kit.sandbox;

import static ai.paybond.kit.sandbox.Scenario.OPERATION;
import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every route of the router, tried by a tenant with the ids, the capability and the idempotency keys of another: what is
 * not the caller's is not there, and no answer names it. A route that is added is tried without anybody adding a test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTenancyTest {
    private static final String KEY = "shared-key";

    private Sandbox sandbox;
    private TestClient acme;
    private TestClient birch;
    private Scenario scenario;
    private String capability;
    private String decision;
    private String approval;
    private String receipt;
    private String job;
    private String run;
    /** What no answer to the other tenant may contain. */
    private List<String> secrets;

    @BeforeAll
    void anotherTenantsThings() {
        sandbox = Sandbox.builder()
                .recognition(RecognitionMode.OFF)
                .approvalThresholdCents(10_000)
                .start();
        scenario = Scenario.in(sandbox);
        acme = admin(sandbox.tenant());
        birch = admin(sandbox.tenants().get(1));
        capability = scenario.created();
        JsonObject call = scenario.verifyBody(capability, OPERATION, 100).with("tool_call_id", "call-of-acme");
        decision = acme.post("/verify", call).text("decision_id");
        approval = scenario.verify(capability, OPERATION, 12_000).text("approval_request_id");
        receipt = scenario.submit("{\"note\":\"secret-of-acme\"}")
                .json()
                .object("agent_receipt")
                .flatMap(signed -> signed.string("receipt_id"))
                .orElseThrow();
        scenario.confirm();
        job = acme.post("/v1/compliance/audit-exports", "{}")
                .json()
                .object("job")
                .flatMap(made -> made.string("job_id"))
                .orElseThrow();
        run = UUID.randomUUID().toString();
        acme.send("PUT", "/v1/agent-runs/" + run, "{\"intent_id\":\"" + scenario.intentId + "\"}");
        acme.send("PUT", "/v1/org-policies/base-1", ORGANISATION);
        secrets = List.of(
                scenario.intentId,
                decision,
                approval,
                receipt,
                job,
                "secret-of-acme",
                "call-of-acme",
                sandbox.tenant().tenantId());
    }

    private static final String ORGANISATION = """
            {"version": 1, "name": "secret-of-acme", "default_deny": true, "tools": {"a.b": {"side_effecting": false}}}
            """;

    @AfterAll
    void close() {
        sandbox.close();
    }

    private TestClient admin(SandboxTenant tenant) {
        return TestClient.anonymous(sandbox).bearer(sandbox.issueApiKey(tenant, "tenant.admin"));
    }

    Stream<RouteEntry> routes() {
        return sandbox.routes().stream();
    }

    Stream<RouteEntry> guarded() {
        return routes().filter(route -> !route.open());
    }

    /** Those whose path names a thing of the tenant's. */
    Stream<RouteEntry> namingSomething() {
        return guarded().filter(route -> route.path().contains("{") && !createsUnderItsOwnName(route));
    }

    Stream<RouteEntry> writing() {
        return guarded().filter(route -> !List.of("GET", "DELETE").contains(route.method()));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void showsAnotherTenantNothing(RouteEntry route) {
        Answer answer = call(birch, route, body(route));

        assertThat(answer.status()).as(route.toString()).isNotIn(403, 500);
        if (route.path().contains("{") && !createsUnderItsOwnName(route)) {
            assertThat(answer.status()).as(route.toString()).isEqualTo(404);
        }
        assertThat(withoutEcho(answer.body())).doesNotContain(withoutRequested(route));
    }

    @ParameterizedTest
    @MethodSource("namingSomething")
    void answersForAnothersAsForNothing(RouteEntry route) {
        String missing = path(route)
                .replace(scenario.intentId, UUID.randomUUID().toString())
                .replace(decision, UUID.randomUUID().toString())
                .replace(approval, UUID.randomUUID().toString())
                .replace(receipt, "0".repeat(64))
                .replace(job, UUID.randomUUID().toString())
                .replace(run, UUID.randomUUID().toString())
                .replace("base-1", "base-2");

        Answer anothers = call(birch, route, body(route));
        Answer nothing = send(birch, route, missing, body(route));
        assertThat(anothers.status()).isEqualTo(nothing.status());
        assertThat(anothers.json().without("request_id"))
                .isEqualTo(nothing.json().without("request_id"));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void wantsACredential(RouteEntry route) {
        assertThat(call(TestClient.anonymous(sandbox), route, body(route)).status())
                .isEqualTo(401);
        TestClient forged =
                TestClient.anonymous(sandbox).bearer("paybond_sk_sandbox_" + "0".repeat(32) + "_" + "0".repeat(64));
        assertThat(call(forged, route, body(route)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void wantsTheTenantOfTheCredential(RouteEntry route) {
        TestClient confused = birch.with("x-tenant-id", sandbox.tenant().tenantId());

        Answer answer = call(confused, route, body(route));
        assertThat(answer.status()).isIn(400, 401);
        assertThat(answer.code()).isIn("tenant_mismatch", "validation_error");
    }

    @ParameterizedTest
    @MethodSource("writing")
    void replaysNobodyElsesAnswer(RouteEntry route) {
        String key = KEY + route.method() + route.path();
        call(acme.with("idempotency-key", key), route, body(route));

        Answer answer = call(birch.with("idempotency-key", key), route, body(route));
        assertThat(withoutEcho(answer.body())).doesNotContain(withoutRequested(route));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void letsNoRestrictedKeyInWithoutItsScope(RouteEntry route) {
        TestClient restricted = TestClient.anonymous(sandbox)
                .bearer(sandbox.issueRestrictedKey(sandbox.tenant(), "operator", Set.of("mcp.nothing:read")));

        Answer answer = call(restricted, route, body(route));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("scope_required");
    }

    @Test
    void letsARestrictedKeyInWithItsScope() {
        TestClient reader = TestClient.anonymous(sandbox)
                .bearer(sandbox.issueRestrictedKey(sandbox.tenant(), "operator", Set.of("mcp.receipts:read")));
        TestClient writer = TestClient.anonymous(sandbox)
                .bearer(sandbox.issueRestrictedKey(sandbox.tenant(), "operator", Set.of("mcp.receipts:write")));

        assertThat(reader.get("/protocol/v2/agent-receipts").status()).isEqualTo(200);
        assertThat(writer.get("/protocol/v2/agent-receipts").status()).isEqualTo(200);
        assertThat(reader.get("/ledger/v1/tip").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void isNamedOnceAndHasAName(RouteEntry route) {
        assertThat(sandbox.routes())
                .filteredOn(other ->
                        other.method().equals(route.method()) && other.path().equals(route.path()))
                .hasSize(1);
    }

    /** A run of that id of one's own is made; it has nothing to do with the other tenant's. */
    private static boolean createsUnderItsOwnName(RouteEntry route) {
        return (route.route() == SandboxRoute.AGENT_RUN && !route.method().equals("GET"))
                || (route.route() == SandboxRoute.AGENT_RUN && route.path().endsWith("trace-events"))
                || (route.route() == SandboxRoute.ORG_POLICY && route.method().equals("PUT"))
                || route.path().contains("{template}");
    }

    /** What the caller wrote itself may come back; everything else of the other tenant may not. */
    private List<String> withoutRequested(RouteEntry route) {
        List<String> forbidden = new ArrayList<>(secrets);
        forbidden.removeIf(secret -> (path(route) + body(route)).contains(secret));
        if (route.route() == SandboxRoute.SPEND_ADMIN) {
            // its own denied attempts are listed with the ids that it asked for
            forbidden.remove(scenario.intentId);
        }
        return forbidden.isEmpty() ? List.of("nothing-is-forbidden") : forbidden;
    }

    private static String withoutEcho(String body) {
        return body.toLowerCase(Locale.ROOT);
    }

    private Answer call(TestClient client, RouteEntry route, String body) {
        return send(client, route, path(route), body);
    }

    private static Answer send(TestClient client, RouteEntry route, String path, String body) {
        return route.method().equals("GET") ? client.get(path) : client.send(route.method(), path, body);
    }

    private String path(RouteEntry route) {
        return route.path()
                .replace("/decisions/{id}", "/decisions/" + decision)
                .replace("approvals/{id}", "approvals/" + approval)
                .replace("agent-receipts/{id}", "agent-receipts/" + receipt)
                .replace("org-policies/{id}", "org-policies/" + (route.method().equals("PUT") ? "own" : "base-1"))
                .replace("{id}", scenario.intentId)
                .replace("{run}", route.method().equals("PUT") ? "own-run" : run)
                .replace("{job}", job)
                .replace("{did}", Scenario.PAYEE)
                .replace("{code}", "BBBB-BBBB")
                .replace("{template}", "true_v1")
                .replace("{seq}", "7");
    }

    private String body(RouteEntry route) {
        return switch (route.route()) {
            case VERIFY, SPEND_PREFLIGHT ->
                scenario.verifyBody(capability, OPERATION, 1).toJson();
            case SPEND_COMPLETE -> "{\"outcome\":\"consumed\"}";
            case DISPUTE -> "{\"resolution\":\"refunded\"}";
            case AGENT_RUN -> "{\"events\":[{}]}";
            case EVIDENCE_SUBMIT -> scenario.evidenceBody("{}").toJson();
            case FRAUD -> "{\"mode\":\"review_only\",\"event_type\":\"false_positive\",\"summary\":\"x\"}";
            case MANDATE -> "{\"intent_id\":\"" + scenario.intentId + "\",\"signed_mandate\":{}}";
            default -> "{}";
        };
    }
}
