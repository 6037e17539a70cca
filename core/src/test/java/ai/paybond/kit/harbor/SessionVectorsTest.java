package ai.paybond.kit.harbor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.internal.http.ScriptedMachine;
import ai.paybond.kit.internal.http.ScriptedServer;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.json.JsonLimits;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that other kits made, sent byte for byte by a session of the same generation. */
class SessionVectorsTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("paybond.root"), "wire", "src", "test", "resources", "vectors");

    private static final Set<String> REFUSED_BY_STRICTNESS = Set.of(
            "text.surrogate",
            "artifact.hex",
            "canonical.index_key",
            "canonical.number_range",
            "predicate_ref.blank",
            "tools.ascii");

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void close() {
        server.close();
    }

    private static Stream<JsonObject> vectors(String file) throws IOException {
        return JsonObject.parse(Files.readString(VECTORS.resolve(file)), JsonLimits.lenient())
                .array("vectors")
                .orElseThrow()
                .objectItems();
    }

    /** A session takes its times as instants; vectors with another spelling of one prove the wire module instead. */
    private static boolean hasPlainTime(JsonObject vector, String member) {
        return text(input(vector), member).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    private static Stream<Arguments> evidence() throws IOException {
        return Stream.concat(
                        vectors("evidence.json").map(vector -> Arguments.of(text(vector, "name"), false, vector)),
                        vectors("legacy-evidence-v1.json")
                                .map(vector -> Arguments.of(text(vector, "name"), true, vector)))
                .filter(arguments -> hasPlainTime((JsonObject) arguments.get()[2], "submitted_at"))
                .filter(arguments -> isHeader(text(input((JsonObject) arguments.get()[2]), "tenant_id")));
    }

    private static Stream<Arguments> intents() throws IOException {
        return Stream.concat(
                        vectors("intent-v6.json").map(vector -> Arguments.of(text(vector, "name"), false, vector)),
                        vectors("legacy-intent-v2.json")
                                .map(vector -> Arguments.of(text(vector, "name"), true, vector)))
                .filter(arguments -> hasPlainTime((JsonObject) arguments.get()[2], "deadline"))
                .filter(arguments -> !input((JsonObject) arguments.get()[2]).has("completion_contract"))
                .filter(arguments -> isHeader(text(input((JsonObject) arguments.get()[2]), "tenant_id")));
    }

    private static boolean isHeader(String tenant) {
        return tenant.matches("[\\x21-\\x7e]{1,256}");
    }

    private static JsonObject input(JsonObject vector) {
        return vector.object("input").orElseThrow();
    }

    private static String text(JsonObject object, String member) {
        return object.string(member).orElseThrow();
    }

    private HarborSession session(String tenant, boolean direct) {
        server.answer(
                200,
                JsonObject.of(Map.of("tenant_id", tenant, "access_token", "jwt-1", "expires_in", 900))
                        .toJson());
        HarborSession session = HarborSession.open(
                (direct ? TestSessions.directOptions(server) : TestSessions.gatewayOptions(server)).build(),
                new ScriptedMachine());
        server.next();
        return session;
    }

    @ParameterizedTest(name = "{0}, direct {1}")
    @MethodSource("evidence")
    void sendsEvidence(String name, boolean direct, JsonObject vector) {
        JsonObject input = input(vector);
        String tenant = text(input, "tenant_id");
        String intent = text(input, "intent_id");
        try (HarborSession session = session(tenant, direct)) {
            answerAbout(Operation.EVIDENCE, tenant, intent);
            assertSent(vector, () -> session.intents()
                    .submitEvidence(EvidenceSubmission.of(
                                    intent,
                                    JsonObject.parse(text(input, "payload_json"), JsonLimits.lenient()),
                                    text(input, "payee_did"),
                                    SigningKey.fromSeedHex(text(input, "payee_seed_hex")))
                            .withArtifacts(strings(input, "artifacts_blake3_hex"))
                            .withSubmittedAt(Instant.parse(text(input, "submitted_at")))));
        }
    }

    @ParameterizedTest(name = "{0}, direct {1}")
    @MethodSource("intents")
    void sendsIntents(String name, boolean direct, JsonObject vector) {
        JsonObject input = input(vector);
        String tenant = text(input, "tenant_id");
        String intent = text(input, "intent_id");
        PrincipalIdentity principal = new PrincipalIdentity(
                text(input, "principal_did"), SigningKey.fromSeedHex(text(input, "principal_seed_hex")));
        IntentRequest.Builder request = IntentRequest.builder(principal, text(input, "payee_did"))
                .intentId(intent)
                .amount(input.integer("amount_cents").orElseThrow(), text(input, "currency"))
                .deadline(Instant.parse(text(input, "deadline")))
                .allowedTools(strings(input, "allowed_tools"))
                .budget(JsonObject.parse(text(input, "budget_json")))
                .evidenceSchema(JsonObject.parse(text(input, "evidence_schema_json")))
                .predicate(JsonObject.parse(text(input, "predicate_json")));
        input.string("settlement_rail").ifPresent(request::settlementRail);
        input.string("predicate_ref").ifPresent(request::predicateRef);
        input.string("completion_preset_id").ifPresent(preset -> request.completion(preset, null));
        input.string("payee_seed_hex")
                .ifPresent(seed -> request.payeeKey(SigningKey.fromSeedHex(seed).publicKey()));
        try (HarborSession session = session(tenant, direct)) {
            answerAbout(Operation.CREATE, tenant, intent);
            assertSent(vector, () -> session.intents().create(request.build()));
        }
    }

    /** Either exactly the other kit's bytes, or nothing at all where a strict reader would see two meanings in them. */
    private void assertSent(JsonObject vector, Runnable sending) {
        try {
            sending.run();
        } catch (ConfigurationException e) {
            assertThat(e.code()).isIn(REFUSED_BY_STRICTNESS);
            assertThat(server.requests()).isEqualTo(1);
            return;
        }
        assertThat(server.next().getBody().utf8()).isEqualTo(text(vector, "request_body_json"));
    }

    private void answerAbout(Operation operation, String tenant, String intent) {
        server.answer(
                200,
                operation
                        .goodReply()
                        .with("tenant", tenant)
                        .with("intent_id", intent)
                        .toJson());
    }

    private static List<String> strings(JsonObject object, String member) {
        return object.array(member).orElseThrow().strings().orElseThrow();
    }
}
