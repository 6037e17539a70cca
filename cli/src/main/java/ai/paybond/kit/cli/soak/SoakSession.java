package ai.paybond.kit.cli.soak;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.CreatedIntent;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** One session over a journal in a file. A round of it is an intent, a guard, and a call of each kind. Thread-safe. */
final class SoakSession implements AutoCloseable {
    private static final String PAYEE = "did:web:soak.example";
    private static final String OPERATION = "travel.book_hotel";
    private static final long BUDGET_CENTS = 20_000;
    private static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder("book")
            .operation(OPERATION)
            .sideEffecting()
            .spend(SpendRule.argument("price_cents"))
            .evidence(EvidenceMapper.members("status"))
            .build());

    private final JsonObject tenant;
    private final CallJournal journal;
    private final Paybond paybond;
    private final AtomicLong calls;

    /** @param calls counts every guarded call */
    SoakSession(JsonObject sandbox, Path journal, AtomicLong calls) {
        this.tenant =
                sandbox.array("tenants").orElseThrow().objectItems().findFirst().orElseThrow();
        this.calls = calls;
        JsonObject recognition = tenant.object("recognition_key").orElseThrow();
        this.journal = CallJournals.file(journal);
        this.paybond = Paybond.open(PaybondOptions.builder(
                        URI.create(sandbox.string("base_url").orElseThrow()),
                        ApiKey.of(tenant.string("sandbox_api_key").orElseThrow()))
                .capabilityRootKey(
                        Math.toIntExact(
                                sandbox.integer("capability_root_key_id").orElseThrow()),
                        VerifyingKey.ofHex(
                                sandbox.string("capability_root_key_hex").orElseThrow()))
                .recognitionKey(recognition.string("key_id").orElseThrow(), key(recognition, "seed_hex"))
                .payee(new PayeeIdentity(PAYEE, key(tenant, "payee_seed_hex")))
                .journal(this.journal)
                .build());
    }

    private static SigningKey key(JsonObject of, String member) {
        return SigningKey.fromSeedHex(of.string(member).orElseThrow());
    }

    /** Makes calls that are refused, that fail and that succeed; the promises that were broken. */
    List<String> round() {
        CreatedIntent intent = intent();
        CapabilityToken token = Objects.requireNonNull(intent.capabilityToken());
        try (ToolGuard guard = paybond.guard(new CapabilityBinding(intent.intentId(), token, "usd"), TOOLS)
                .build()) {
            boolean held = call(guard, "over", BUDGET_CENTS + 1) instanceof ToolOutcome.Refused
                    && call(guard, "fails", -1) instanceof ToolOutcome.Refused
                    && call(guard, "pays", 100) instanceof ToolOutcome.Executed
                    && call(guard, "pays", 100) instanceof ToolOutcome.Executed
                    && call(guard, "pays", 200) instanceof ToolOutcome.Refused;
            return held ? List.of() : List.of("a call of intent " + intent.intentId() + " had another outcome");
        }
    }

    private ToolOutcome<Map<String, Object>> call(ToolGuard guard, String callId, long cents) {
        calls.incrementAndGet();
        return guard.call("book", callId, "{\"price_cents\":" + cents + "}", permitted -> Map.of("status", "booked"));
    }

    private CreatedIntent intent() {
        return paybond.intents()
                .create(IntentRequest.builder(
                                new PrincipalIdentity("did:web:principal.example", key(tenant, "principal_seed_hex")),
                                PAYEE)
                        .payeeKey(key(tenant, "payee_seed_hex").publicKey())
                        .amount(BUDGET_CENTS, "usd")
                        .deadline(Instant.parse("2099-12-31T23:59:59Z"))
                        .allowedTools(List.of(OPERATION))
                        .settlementRail("stripe_connect")
                        .budget(JsonObject.parse("{\"currency\":\"usd\"}"))
                        .evidenceSchema(JsonObject.parse("{\"type\":\"object\"}"))
                        .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                        .build());
    }

    @Override
    public void close() {
        paybond.close();
        journal.close();
    }
}
