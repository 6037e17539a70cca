package ai.paybond.kit.internal.jdbc;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.CallJournals.PostgresqlOptions;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.GuardRun;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.DeliverySettings;
import ai.paybond.kit.journal.SpendBudget;
import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import ai.paybond.kit.wire.json.JsonObject;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * An agent in a virtual machine of its own, one of several that make the same calls over one PostgreSQL journal. Reads its
 * order, makes calls of its own and says READY; on the next line makes the calls that all members make, and says DONE; ends
 * when its input does. The doomed one never returns from its last tool, and says STUCK when that has acted.
 */
final class FleetMember {
    static final String OPERATION = "travel.book_hotel";
    static final String PAYEE = "did:web:fleet.example";
    static final String STUCK = "stuck";
    static final int OWN_CALLS = 3;
    static final int SHARED_CALLS = 20;
    static final long COST_CENTS = 100;
    static final Duration LEASE = Duration.ofSeconds(2);

    /** What all calls of all members are charged to. */
    static final String BUDGET = "fleet";

    private static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder("bookHotel")
            .operation(OPERATION)
            .spend(SpendRule.fixed(COST_CENTS))
            .evidence(EvidenceMapper.members("call_id"))
            .build());

    private final JsonObject order;
    private final BufferedReader in;
    private final PrintStream parent;

    private FleetMember(JsonObject order, BufferedReader in, PrintStream parent) {
        this.order = order;
        this.in = in;
        this.parent = parent;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream parent = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new FleetMember(JsonObject.parse(Objects.requireNonNull(in.readLine(), "no order")), in, parent).live();
    }

    private void live() throws IOException {
        PostgresqlOptions schema = new PostgresqlOptions(text(order, "schema"), true);
        try (HikariDataSource pool = PostgresServer.pool(text(order, "database"));
                CallJournal journal = CallJournals.postgresql(pool, schema);
                Paybond paybond = Paybond.open(options(journal))) {
            for (int i = 0; i < OWN_CALLS; i++) {
                make(paybond, text(order, "name") + "-" + i);
            }
            say("READY");
            in.readLine();
            if (order.bool("doomed").orElse(false)) {
                CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> make(paybond, STUCK));
            }
            for (int i = 0; i < SHARED_CALLS; i++) {
                make(paybond, "shared-" + i);
            }
            say("DONE");
            in.readLine();
        }
    }

    private PaybondOptions options(CallJournal journal) {
        JsonObject sandbox = order.object("sandbox").orElseThrow();
        JsonObject tenant =
                sandbox.array("tenants").orElseThrow().objectItems().findFirst().orElseThrow();
        JsonObject recognition = tenant.object("recognition_key").orElseThrow();
        return PaybondOptions.builder(URI.create(text(sandbox, "base_url")), ApiKey.of(text(tenant, "sandbox_api_key")))
                .capabilityRootKey(
                        sandbox.integer("capability_root_key_id").orElseThrow().intValue(),
                        VerifyingKey.ofHex(text(sandbox, "capability_root_key_hex")))
                .recognitionKey(text(recognition, "key_id"), SigningKey.fromSeedHex(text(recognition, "seed_hex")))
                .payee(new PayeeIdentity(PAYEE, SigningKey.fromSeedHex(text(tenant, "payee_seed_hex"))))
                .journal(journal)
                .delivery(DeliverySettings.DEFAULT
                        .leases(LEASE)
                        .delays(Duration.ofMillis(100), Duration.ofSeconds(1))
                        .workers(2, Duration.ofMillis(200)))
                .closeTimeout(Duration.ZERO)
                .build();
    }

    private ToolGuard guard(Paybond paybond, String callId) {
        JsonObject intent =
                order.object("intents").flatMap(all -> all.object(callId)).orElseThrow();
        CapabilityBinding binding =
                new CapabilityBinding(text(intent, "id"), CapabilityToken.of(text(intent, "token")), "usd");
        SpendBudget common =
                new SpendBudget(BUDGET, order.integer("budget_cents").orElseThrow());
        return paybond.guard(binding, TOOLS)
                .run(new GuardRun("fleet", paybond.tenantId(), binding.intentId(), "usd", 0, List.of(common)))
                .deferDelivery()
                .build();
    }

    private void make(Paybond paybond, String callId) {
        ToolCall call = ToolCall.of("bookHotel", callId, JsonObject.builder().build());
        guard(paybond, callId).call(call, permitted -> {
            Files.writeString(
                    Path.of(text(order, "acts")), callId + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (callId.equals(STUCK)) {
                say("STUCK");
                new CompletableFuture<>().join();
            }
            return Map.of("call_id", callId);
        });
    }

    private void say(String word) {
        parent.println("result:" + word);
    }

    private static String text(JsonObject object, String name) {
        return object.string(name).orElseThrow();
    }
}
