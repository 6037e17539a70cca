package ai.paybond.kit.cli.rates;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.CallState;
import ai.paybond.kit.journal.DeliverySettings;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What a session's workers deliver to the sandbox in this process, whose own work is in the figure: a completed spend and an
 * accepted, evaluated evidence for each call, and each call of an intent of its own, since an intent takes evidence once.
 */
final class DeliveryRate {
    private static final String PAYEE = "did:web:rates.example";
    private static final String OPERATION = "travel.book_hotel";
    private static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder("bookHotel")
            .operation(OPERATION)
            .spend(SpendRule.fixed(4_200))
            .evidence(EvidenceMapper.members("status"))
            .build());

    private final CallJournal journal;
    private final Sandbox sandbox;
    private final SandboxTenant tenant;

    DeliveryRate(CallJournal journal, Sandbox sandbox) {
        this.journal = journal;
        this.sandbox = sandbox;
        this.tenant = sandbox.tenant();
    }

    /** Calls in a second, by all workers together. */
    double measure(int workers, int calls) throws Exception {
        try (Paybond making = Paybond.open(options().backgroundDelivery(false).build())) {
            for (int i = 0; i < calls; i++) {
                makeCall(making);
            }
        }
        DeliverySettings settings = DeliverySettings.DEFAULT.workers(workers, Duration.ofMillis(2));
        long begun = System.nanoTime();
        try (Paybond delivering = Paybond.open(
                options().delivery(settings).backgroundDelivery(true).build())) {
            while (!journal.pending(null, 1).isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            long nanos = System.nanoTime() - begun;
            requireDelivered(calls);
            return calls * 1e9 / nanos;
        }
    }

    private void requireDelivered(int calls) {
        int delivered = journal.inState(CallState.DELIVERED, calls).size();
        if (delivered != calls) {
            throw new IllegalStateException("only " + delivered + " of " + calls + " calls were delivered");
        }
    }

    private void makeCall(Paybond session) throws Exception {
        CreatedIntent intent = session.intents().create(request());
        CapabilityBinding binding =
                new CapabilityBinding(intent.intentId(), Objects.requireNonNull(intent.capabilityToken()), "usd");
        session.guard(binding, TOOLS)
                .deferDelivery()
                .closeTimeout(Duration.ZERO)
                .build()
                .call(ToolCall.of("bookHotel", "call", JsonObject.parse("{}")), permitted -> Map.of("status", "booked"))
                .orThrow();
    }

    private PaybondOptions.Builder options() {
        return PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(tenant.apiKey()))
                .capabilityRootKey(sandbox.capabilityRootKeyId(), sandbox.capabilityRootKey())
                .recognitionKey(tenant.recognitionKeyId(), tenant.recognitionKey())
                .payee(new PayeeIdentity(PAYEE, tenant.payeeKey()))
                .closeTimeout(Duration.ZERO)
                .journal(journal);
    }

    private IntentRequest request() {
        return IntentRequest.builder(new PrincipalIdentity("did:web:rates.example", tenant.principalKey()), PAYEE)
                .payeeKey(tenant.payeeKey().publicKey())
                .amount(20_000, "usd")
                .deadline(Instant.parse("2099-12-31T23:59:59Z"))
                .allowedTools(List.of(OPERATION))
                .settlementRail("stripe_connect")
                .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                .build();
    }
}
