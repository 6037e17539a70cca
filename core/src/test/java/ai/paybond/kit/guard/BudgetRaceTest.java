package ai.paybond.kit.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxRecords.DecisionStatus;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that are each affordable and together are not, all at once, through the whole kit and over HTTP. */
class BudgetRaceTest {
    private static final String PAYEE = "did:web:hotel.example";
    private static final String OPERATION = "travel.book_hotel";
    private static final int RIVALS = 64;
    private static final long PRICE = 3_300;
    private static final long BUDGET = 20_000;

    private final CountDownLatch decided = new CountDownLatch(RIVALS);

    @Test
    void spendsNotACentMoreThanTheIntentHas() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                Paybond paybond = open(sandbox)) {
            CreatedIntent intent = paybond.intents().create(request(sandbox.tenant()));
            ToolGuard guard = paybond.guard(
                            new CapabilityBinding(
                                    intent.intentId(), Objects.requireNonNull(intent.capabilityToken()), "usd"),
                            tools())
                    .build();
            assertThat(executed(guard)).isEqualTo(BUDGET / PRICE);
            assertThat(sandbox.records().decisions())
                    .filteredOn(decision -> decision.status() != DecisionStatus.RELEASED)
                    .hasSize((int) (BUDGET / PRICE));
        }
    }

    private long executed(ToolGuard guard) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(RIVALS);
        try {
            List<Future<ToolOutcome<Map<String, Object>>>> calls = new ArrayList<>();
            for (int i = 0; i < RIVALS; i++) {
                String callId = "c" + i;
                calls.add(threads.submit(() -> call(guard, callId)));
            }
            long executed = 0;
            for (Future<ToolOutcome<Map<String, Object>>> call : calls) {
                executed += call.get().isExecuted() ? 1 : 0;
            }
            return executed;
        } finally {
            threads.shutdownNow();
        }
    }

    /** No tool returns before every call is decided: evidence would end the intent, and with it the race. */
    private ToolOutcome<Map<String, Object>> call(ToolGuard guard, String callId) {
        ToolOutcome<Map<String, Object>> outcome =
                guard.call("bookHotel", callId, "{\"amount_cents\":" + PRICE + "}", permitted -> {
                    decided.countDown();
                    assertThat(decided.await(2, TimeUnit.MINUTES)).isTrue();
                    return Map.of("status", "booked");
                });
        if (!outcome.isExecuted()) {
            decided.countDown();
        }
        return outcome;
    }

    private static Paybond open(Sandbox sandbox) {
        SandboxTenant tenant = sandbox.tenant();
        return Paybond.open(PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
                .build());
    }

    private static ToolRegistry tools() {
        return ToolRegistry.of(ToolDeclaration.builder("bookHotel")
                .operation(OPERATION)
                .spend(SpendRule.argument("amount_cents"))
                .evidence(EvidenceMapper.members("status"))
                .build());
    }

    private static IntentRequest request(SandboxTenant tenant) {
        return IntentRequest.builder(new PrincipalIdentity("did:web:agent.example", tenant.principalKey()), PAYEE)
                .amount(BUDGET, "usd")
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
