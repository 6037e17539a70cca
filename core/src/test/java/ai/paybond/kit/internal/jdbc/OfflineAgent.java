package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.OfflineAllowance;
import ai.paybond.kit.guard.SandboxIntents;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** An agent with an offline allowance, as a process of its own or as its successor. */
final class OfflineAgent implements AutoCloseable {
    private final JsonObject order;
    private final CallJournal journal;
    private final Paybond paybond;
    private final ToolGuard guard;

    OfflineAgent(JsonObject order) {
        this.order = order;
        this.journal = CallJournals.file(Path.of(text("journal")));
        this.paybond = Paybond.open(PaybondOptions.builder(URI.create(text("gateway")), ApiKey.of(text("api_key")))
                .capabilityRootKey(
                        order.integer("root_key_id").orElseThrow().intValue(), VerifyingKey.ofHex(text("root_key")))
                .recognitionKey(text("recognition_key_id"), SigningKey.fromSeedHex(text("recognition_seed")))
                .payee(new PayeeIdentity(SandboxIntents.PAYEE, SigningKey.fromSeedHex(text("payee_seed"))))
                .maxAttempts(1)
                .closeTimeout(Duration.ZERO)
                .journal(journal)
                .backgroundDelivery(false)
                .build());
        this.guard = paybond.guard(
                        new CapabilityBinding(text("intent"), CapabilityToken.of(text("token")), "usd"), tools())
                .offline(new OfflineAllowance(10_000, 5_000, 5, Duration.ofHours(1)))
                .build();
    }

    private static ToolRegistry tools() {
        return ToolRegistry.of(
                ToolDeclaration.builder("bookHotel")
                        .operation(SandboxIntents.OPERATION)
                        .spend(SpendRule.fixed(4_200))
                        .evidence(EvidenceMapper.members("status"))
                        .build(),
                ToolDeclaration.builder("holdRoom")
                        .operation("travel.hold_room")
                        .spend(SpendRule.fixed(100))
                        .withoutEvidence()
                        .build());
    }

    private String text(String member) {
        return order.string(member).orElseThrow();
    }

    CallJournal journal() {
        return journal;
    }

    ToolGuard guard() {
        return guard;
    }

    /** The tool leaves a trace that outlives the process. */
    ToolOutcome<Map<String, Object>> call(String tool, String callId) {
        return guard.call(ToolCall.of(tool, callId, JsonObject.parse("{}")), permitted -> {
            Files.writeString(
                    Path.of(text("acts")), callId + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return Map.of("status", "booked");
        });
    }

    /** Asks Harbor once, then waits for a word, books while Harbor is away, and waits to be killed. */
    public static void main(String[] arguments) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        OfflineAgent agent = new OfflineAgent(JsonObject.parse(input.readLine()));
        System.out.println("result:" + agent.call("holdRoom", "c0").isExecuted());
        input.readLine();
        System.out.println("result:" + agent.call("bookHotel", "c1").isExecuted());
        input.readLine();
    }

    @Override
    public void close() {
        guard.close();
        paybond.close();
        journal.close();
    }
}
