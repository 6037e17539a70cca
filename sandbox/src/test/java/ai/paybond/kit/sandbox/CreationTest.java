package ai.paybond.kit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.sandbox.TestClient.Answer;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.intent.IntentStatement;
import ai.paybond.kit.wire.intent.IntentVersion;
import ai.paybond.kit.wire.intent.PolicyBinding;
import ai.paybond.kit.wire.intent.PublishedPolicy;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreationTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private final Scenario scenario = Scenario.in(SANDBOX.sandbox());

    @ParameterizedTest
    @CsvSource({
        "amount_cents, 20001",
        "currency, eur",
        "payee_did, did:web:thief.example",
        "principal_did, did:web:other.example",
        "deadline, 2098-12-31T23:59:59Z",
        "settlement_rail, adyen_manual_capture"
    })
    void refusesWhatThePrincipalDidNotSign(String member, String value) {
        JsonObject body = scenario.createBody();
        Object altered = value.matches("[0-9]+") ? Long.valueOf(value) : value;

        Answer answer = scenario.client.post("/intents", body.with(member, altered));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("intent.signature.invalid");
    }

    @Test
    void refusesAnAddedTool() {
        JsonObject body = scenario.createBody();

        assertThat(scenario.client
                        .post("/intents", body.with("allowed_tools", new String[] {"travel.book_hotel", "bank.transfer"
                        }))
                        .code())
                .isEqualTo("intent.signature.invalid");
    }

    @Test
    void refusesAnotherPayeeKey() {
        JsonObject body = scenario.createBody()
                .with(
                        "payee_pubkey",
                        SANDBOX.sandbox()
                                .tenants()
                                .get(1)
                                .payeeKey()
                                .publicKey()
                                .base64());

        assertThat(scenario.client.post("/intents", body).code()).isEqualTo("intent.signature.invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"intent_id", "principal_did", "amount_cents", "deadline", "principal_signature", "budget"})
    void refusesAMissingMember(String member) {
        Answer answer = scenario.client.post("/intents", scenario.createBody().without(member));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation_error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":2,\"root\":{\"op\":\"true\"}}",
                "{\"root\":{\"op\":\"true\"}}",
                "{\"version\":1,\"root\":{\"op\":\"maybe\"}}",
                "{\"version\":1,\"root\":{}}",
                "{\"version\":1,\"root\":{\"op\":\"eq\",\"path\":[],\"value\":1}}",
                "{\"version\":1,\"root\":{\"op\":\"true\",\"else\":1}}"
            })
    void refusesAnInvalidPredicate(String predicate) {
        Answer answer = scenario.predicate(predicate).create();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("intent.predicate.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":5}",
                "{\"pattern\":\"(\"}",
                "{\"patternProperties\":{\"^a\":{}}}",
                "[]",
                "{\"$ref\":\"https://schemas.example/elsewhere.json\"}"
            })
    void refusesAnEvidenceSchemaThatCannotBeApplied(String schema) {
        Answer answer = scenario.schema(schema).create();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("intent.evidence_schema.invalid");
    }

    @Test
    void refusesADeadlineThatHasPassed() {
        assertThat(scenario.deadline("2020-01-01T00:00:00Z").create().code()).isEqualTo("intent.deadline.invalid");
    }

    @Test
    void refusesANegativeAmount() {
        assertThat(scenario.amountCents(-1).create().code()).isEqualTo("validation_error");
    }

    @Test
    void refusesMoreToolsThanACapabilityHolds() {
        String[] tools = IntStream.range(0, 33).mapToObj(i -> "tool." + i).toArray(String[]::new);

        assertThat(scenario.tools(tools).create().code()).isEqualTo("validation_error");
    }

    @Test
    void refusesTheSameIdWithAnotherBody() {
        scenario.created();
        Answer answer = scenario.amountCents(1).create();

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("intent.conflict");
    }

    @Test
    void answersTheSameBodyAgainWithTheSameCapability() {
        String token = scenario.created();

        assertThat(scenario.create().status()).isEqualTo(201);
        assertThat(scenario.create().text("capability_token")).isEqualTo(token);
    }

    @Test
    void refusesASigningVersionItDoesNotKnow() {
        assertThat(scenario.client
                        .post("/intents", scenario.createBody().with("signing_version", 3))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void acceptsAnIntentBoundToThePublishedPolicy() {
        JsonObject head = scenario.client
                .get("/harbor/policy/v1/versions?template_id=completion_budget_v1")
                .json();
        assertThat(head.integer("current_head_seq")).hasValue(1L);
        JsonObject version = (JsonObject)
                head.array("versions").map(JsonArray::items).orElseThrow().get(0);
        PublishedPolicy policy = new PublishedPolicy(
                PolicyBinding.of(
                        "completion_budget_v1",
                        1,
                        version.string("content_digest_hex").orElseThrow()),
                version.object("predicate_dsl").orElseThrow());

        Answer created = scenario.client.post("/intents", bound(policy));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(scenario.submit("{\"status\":\"completed\",\"cost_cents\":20001}")
                        .json()
                        .bool("predicate_passed"))
                .hasValue(false);
    }

    @Test
    void refusesAPolicyVersionThatIsNotTheHead() {
        PublishedPolicy policy = new PublishedPolicy(
                PolicyBinding.of("true_v1", 2, "00".repeat(32)),
                JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"));

        Answer answer = scenario.client.post("/intents", bound(policy));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("template_head_mismatch");
    }

    @Test
    void checksTheCompletionContractThatAnIntentSigns() {
        JsonObject body = scenario.preset("stripe_charge").createBody();

        assertThat(scenario.client
                        .post("/intents", body.with("completion_preset_id", "ach_paid_api_ok"))
                        .code())
                .isEqualTo("intent.signature.invalid");
        assertThat(scenario.client.post("/intents", body).status()).isEqualTo(201);
    }

    @Test
    void listsTheTemplates() {
        assertThat(scenario.client
                        .get("/policy/v1/templates")
                        .json()
                        .array("templates")
                        .orElseThrow()
                        .items())
                .hasSize(5);
        assertThat(scenario.client.get("/policy/v1/versions?template_id=x").status())
                .isEqualTo(400);
    }

    private JsonObject bound(PublishedPolicy policy) {
        IntentStatement plain = scenario.statement();
        return IntentStatement.builder()
                .tenantId(plain.tenantId())
                .intentId(plain.intentId())
                .principalDid(plain.principalDid())
                .payeeDid(plain.payeeDid())
                .payeeKey(scenario.tenant.payeeKey().publicKey())
                .amountCents(plain.amountCents())
                .currency(plain.currency())
                .deadline(plain.deadline())
                .budget(plain.budget())
                .evidenceSchema(plain.evidenceSchema())
                .allowedTools(plain.allowedTools())
                .settlementRail("stripe_connect")
                .policy(policy)
                .build()
                .sign(scenario.tenant.principalKey(), IntentVersion.V7)
                .body();
    }
}
