package ai.paybond.kit.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.JournalEntry;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four processes that make the same calls over one PostgreSQL journal, one of which is killed at its work. */
class FleetTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Less than all the calls of the four would cost. */
    private static final long BUDGET_CENTS = 2_500;

    @TempDir
    private Path directory;

    @Test
    void survivorsDeliverWhatADeadOneOwedAndNothingRunsTwice() throws Exception {
        try (PostgresServer database = PostgresServer.start();
                Sandbox sandbox = Sandbox.start();
                CallJournal journal = CallJournals.postgresql(database.pool(), new PostgresqlOptions("fleet", true))) {
            Map<String, CreatedIntent> intents = intents(sandbox);
            sandbox.faults()
                    .onNext(SandboxRoute.EVIDENCE_SUBMIT, Fault.status(503))
                    .times(1_000_000);
            List<String> owedByTheDead = workWithOneKilled(database, sandbox, intents, journal);
            assertThat(owedByTheDead).hasSizeGreaterThanOrEqualTo(FleetMember.OWN_CALLS);
            assertEnd(sandbox, intents, journal, owedByTheDead);
        }
    }

    /** @return the calls that the killed process had finished and not delivered */
    private List<String> workWithOneKilled(
            PostgresServer database, Sandbox sandbox, Map<String, CreatedIntent> intents, CallJournal journal)
            throws Exception {
        List<OtherProcess> fleet = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                fleet.add(OtherProcess.start(FleetMember.class, order(database, sandbox, intents, i)));
            }
            for (OtherProcess member : fleet) {
                member.awaitLine("READY");
            }
            OtherProcess doomed = fleet.get(0);
            doomed.goOn();
            awaitStuck(doomed);
            for (OtherProcess survivor : fleet.subList(1, 4)) {
                survivor.goOn();
            }
            doomed.kill();
            assertThat(proved(sandbox, intents)).isEmpty();
            List<String> owed = ids(journal.pending(null, 1_000).stream()
                    .filter(entry -> entry.key().callId().startsWith("member0"))
                    .toList());
            for (OtherProcess survivor : fleet.subList(1, 4)) {
                survivor.awaitLine("DONE");
            }
            sandbox.faults().clear();
            await(() -> journal.pending(null, 1).isEmpty());
            return owed;
        } finally {
            for (OtherProcess member : fleet) {
                member.close();
            }
        }
    }

    private static void awaitStuck(OtherProcess doomed) throws IOException {
        String said = doomed.nextLine();
        while (!said.equals("STUCK")) {
            said = doomed.nextLine();
        }
    }

    private void assertEnd(
            Sandbox sandbox, Map<String, CreatedIntent> intents, CallJournal journal, List<String> owedByTheDead)
            throws IOException {
        List<JournalEntry> delivered = inState(journal, CallState.DELIVERED);
        List<JournalEntry> doubtful = inState(journal, CallState.STARTED);
        List<String> acts = Files.readAllLines(directory.resolve("acts"));
        assertThat(acts).doesNotHaveDuplicates().containsAll(ids(delivered));
        assertThat(ids(delivered)).containsAll(owedByTheDead);
        assertThat(proved(sandbox, intents)).containsExactlyInAnyOrderElementsOf(ids(delivered));
        assertThat(ids(doubtful)).contains(FleetMember.STUCK).doesNotContainAnyElementsOf(ids(delivered));
        assertThat(ids(delivered).size() + ids(doubtful).size()).isGreaterThanOrEqualTo(acts.size());
        assertThat(inState(journal, CallState.FAILED)).isEmpty();
        assertThat(inState(journal, CallState.REJECTED)).isEmpty();
        String tenantId = sandbox.tenant().tenantId();
        assertThat(ids(journal.abandoned(tenantId, Instant.now().plusSeconds(60), 100)))
                .containsExactlyInAnyOrderElementsOf(ids(doubtful));
        assertThat(journal.chargedCents(FleetMember.BUDGET))
                .isEqualTo((delivered.size() + doubtful.size()) * FleetMember.COST_CENTS)
                .isLessThanOrEqualTo(BUDGET_CENTS);
        assertThat(sandbox.records().decisions())
                .filteredOn(decision -> decision.status() == DecisionStatus.CONSUMED)
                .hasSize(delivered.size());
    }

    /** The calls that the sandbox has evidence of, as often as it has it. */
    private static List<String> proved(Sandbox sandbox, Map<String, CreatedIntent> intents) {
        return intents.values().stream()
                .flatMap(intent -> sandbox.records().evidence(intent.intentId()).stream())
                .map(kept -> ((JsonObject) kept.payload()).string("call_id").orElseThrow())
                .toList();
    }

    private static List<JournalEntry> inState(CallJournal journal, CallState state) {
        return journal.inState(state, 1_000);
    }

    private static List<String> ids(List<JournalEntry> entries) {
        return entries.stream().map(entry -> entry.key().callId()).toList();
    }

    private String order(PostgresServer database, Sandbox sandbox, Map<String, CreatedIntent> intents, int number) {
        return JsonObject.builder()
                .put("sandbox", sandbox.descriptor())
                .put("database", database.url())
                .put("schema", "fleet")
                .put("intents", tokens(intents))
                .put("acts", directory.resolve("acts").toString())
                .put("budget_cents", BUDGET_CENTS)
                .put("name", "member" + number)
                .put("doomed", number == 0)
                .build()
                .toJson();
    }

    private static JsonObject tokens(Map<String, CreatedIntent> intents) {
        JsonObject.Builder all = JsonObject.builder();
        intents.forEach((callId, intent) -> all.put(
                callId,
                JsonObject.builder()
                        .put("id", intent.intentId())
                        .put("token", intent.capabilityToken().expose())
                        .build()));
        return all.build();
    }

    /** One for each call, since the sandbox takes one proof for an intent. */
    private static Map<String, CreatedIntent> intents(Sandbox sandbox) {
        SandboxTenant tenant = sandbox.tenant();
        Map<String, CreatedIntent> intents = new LinkedHashMap<>();
        try (Paybond paybond = Paybond.open(PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                .build())) {
            for (String callId : callIds()) {
                intents.put(callId, paybond.intents().create(request(tenant)));
            }
        }
        return intents;
    }

    private static List<String> callIds() {
        List<String> ids = new ArrayList<>(List.of(FleetMember.STUCK));
        IntStream.range(0, FleetMember.SHARED_CALLS).forEach(i -> ids.add("shared-" + i));
        IntStream.range(0, 4 * FleetMember.OWN_CALLS).forEach(i -> ids.add("member" + i % 4 + "-" + i / 4));
        return ids;
    }

    private static IntentRequest request(SandboxTenant tenant) {
        return IntentRequest.builder(
                        new PrincipalIdentity("did:web:agent.example", tenant.principalKey()), FleetMember.PAYEE)
                .amount(20_000, "usd")
                .deadline(Instant.parse("2099-12-31T23:59:59Z"))
                .allowedTools(List.of(FleetMember.OPERATION))
                .settlementRail("stripe_connect")
                .payeeKey(tenant.payeeKey().publicKey())
                .budget(JsonObject.parse("{\"currency\":\"usd\"}"))
                .evidenceSchema(JsonObject.parse("{\"type\":\"object\"}"))
                .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                .build();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(end);
            Thread.sleep(50);
        }
    }
}
