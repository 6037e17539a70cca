package ai.paybond.kit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolBody;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with calls that an agent's process left behind. */
class JournalDeskTest {
    private static final String PAYEE = "did:web:hotel.example";
    private static final String OPERATION = "travel.book_hotel";

    @TempDir
    private Path directory;

    private Sandbox sandbox;
    private SandboxTenant tenant;
    private String file;
    private String intentId;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start();
        tenant = sandbox.tenant();
        file = directory.resolve("journal.db").toString();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void deliversWhatAProcessLeftPending() {
        sandbox.faults().onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(503));
        agentCalls(call -> Map.of("status", "booked"));
        assertThat(sandbox.records().evidence(intentId)).isEmpty();
        Run run = journal("retry", "--file", file);
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualToIgnoringNewLines("1 settled, 0 parked, 0 still pending");
        assertThat(sandbox.records().evidence(intentId)).hasSize(1);
    }

    @Test
    void deliversAParkedCallAgain() {
        sandbox.faults().onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(422));
        agentCalls(call -> Map.of("status", "booked"));
        Run run = journal("retry", "--file", file, intentId, "c1");
        assertThat(run.out()).contains("\"state\":\"DELIVERED\"");
        assertThat(run.status()).isZero();
        assertThat(sandbox.records().evidence(intentId)).hasSize(1);
    }

    @Test
    void settlesACallThatHappened() throws IOException {
        agentCalls(call -> {
            throw new IOException("connection reset");
        });
        Path evidence = Files.writeString(directory.resolve("evidence.json"), "{\"status\":\"booked\"}");
        Run run = journal("resolve", "--file", file, intentId, "c1", "--executed", evidence.toString());
        assertThat(run.status()).isZero();
        assertThat(sandbox.records().evidence(intentId)).singleElement().satisfies(kept -> assertThat(kept.payload())
                .isEqualTo(JsonObject.parse("{\"status\":\"booked\"}")));
        assertThat(spends()).containsExactly(DecisionStatus.CONSUMED);
    }

    @Test
    void settlesACallThatDidNotHappen() {
        agentCalls(call -> {
            throw new IOException("connection reset");
        });
        Run run = journal("resolve", "--file", file, intentId, "c1", "--not-executed");
        assertThat(run.status()).isZero();
        assertThat(sandbox.records().evidence(intentId)).isEmpty();
        assertThat(spends()).containsExactly(DecisionStatus.RELEASED);
    }

    @Test
    void doesNotSettleACallThatIsNotInDoubt() {
        agentCalls(call -> Map.of("status", "booked"));
        Run run = journal("resolve", "--file", file, intentId, "c1", "--not-executed");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("the call is not in doubt");
    }

    @Test
    void wantsToBeToldWhatHappened() {
        assertThat(journal("resolve", "--file", file, "intent", "c1").status()).isEqualTo(2);
        assertThat(journal("retry", "--file", file, "intent").status()).isEqualTo(2);
    }

    private List<DecisionStatus> spends() {
        return sandbox.records().decisions().stream().map(Decision::status).toList();
    }

    private Run journal(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "journal";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Run.withEnvironment(
                Map.of(
                        "PAYBOND_API_KEY", tenant.apiKey(),
                        "PAYBOND_GATEWAY_URL", sandbox.baseUrl().toString(),
                        "PAYBOND_AGENT_RECOGNITION_KEY_ID", tenant.recognitionKeyId(),
                        "PAYBOND_AGENT_RECOGNITION_SIGNING_SEED_HEX",
                                Hex.encode(tenant.recognitionKey().exposeSeed()),
                        "PAYBOND_PAYEE_DID", PAYEE,
                        "PAYBOND_PAYEE_SIGNING_SEED_HEX",
                                Hex.encode(tenant.payeeKey().exposeSeed())),
                all);
    }

    /** One guarded call of an agent whose process ends right afterwards. */
    private void agentCalls(ToolBody<Object> body) {
        try (CallJournal journal = CallJournals.file(Path.of(file));
                Paybond paybond = Paybond.open(PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                        .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                        .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                        .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
                        .journal(journal)
                        .backgroundDelivery(false)
                        .closeTimeout(Duration.ZERO)
                        .maxAttempts(1)
                        .build())) {
            CreatedIntent intent = paybond.intents().create(request());
            intentId = intent.intentId();
            ToolGuard guard = paybond.guard(
                            new CapabilityBinding(intentId, Objects.requireNonNull(intent.capabilityToken()), "usd"),
                            ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                                    .operation(OPERATION)
                                    .spend(SpendRule.fixed(4200))
                                    .evidence(EvidenceMapper.members("status"))
                                    .build()))
                    .build();
            guard.call(ToolCall.of("bookHotel", "c1", JsonObject.builder().build()), body);
        }
    }

    private IntentRequest request() {
        return IntentRequest.builder(new PrincipalIdentity("did:web:agent.example", tenant.principalKey()), PAYEE)
                .amount(20_000, "usd")
                .deadline(Instant.parse("2099-12-31T23:59:59Z"))
                .allowedTools(List.of(OPERATION))
                .settlementRail("stripe_connect")
                .payeeKey(tenant.payeeKey().publicKey())
                .budget(JsonObject.parse("{\"currency\":\"usd\"}"))
                .evidenceSchema(JsonObject.parse("{\"type\":\"object\"}"))
                .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                .build();
    }
}
