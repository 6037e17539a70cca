package ai.paybond.kit.cli.chaos;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.CallJournals;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.cli.chaos.AgentOrder.OrderedCall;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
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
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** A session over the order's journal that makes ordered calls; the doomed process has one, and its successor another. */
final class AgentSession implements AutoCloseable {
    static final String PAYEE = "did:web:chaos.example";
    static final long COST_CENTS = 100;
    private static final ToolRegistry TOOLS = ToolRegistry.of(
            Arrays.stream(ToolBehavior.values()).map(AgentSession::declaration).toArray(ToolDeclaration[]::new));

    private final CallJournal journal;
    private final Vendor vendor;
    private final KillSwitch kill;
    private final SigningKey payeeKey;
    private final Paybond paybond;

    private AgentSession(AgentOrder order, KillSwitch kill) {
        JsonObject tenant = order.tenant();
        JsonObject recognition = tenant.object("recognition_key").orElseThrow();
        this.vendor = new Vendor(order.acts());
        this.kill = kill;
        this.payeeKey = SigningKey.fromSeedHex(tenant.string("payee_seed_hex").orElseThrow());
        this.journal = CallJournals.file(order.journal());
        this.paybond = Paybond.open(PaybondOptions.builder(
                        order.gateway(),
                        ApiKey.of(tenant.string("sandbox_api_key").orElseThrow()))
                .capabilityRootKey(
                        order.sandbox()
                                .integer("capability_root_key_id")
                                .orElseThrow()
                                .intValue(),
                        VerifyingKey.ofHex(order.sandbox()
                                .string("capability_root_key_hex")
                                .orElseThrow()))
                .recognitionKey(
                        recognition.string("key_id").orElseThrow(),
                        SigningKey.fromSeedHex(recognition.string("seed_hex").orElseThrow()))
                .closeTimeout(Duration.ZERO)
                .build());
    }

    static AgentSession open(AgentOrder order, KillSwitch kill) {
        return new AgentSession(order, kill);
    }

    private static ToolDeclaration declaration(ToolBehavior behavior) {
        return ToolDeclaration.builder(behavior.toolName())
                .operation(behavior.operation())
                .spend(SpendRule.fixed(COST_CENTS))
                .evidence(EvidenceMapper.members("call_id", "status"))
                .build();
    }

    CallJournal journal() {
        return journal;
    }

    ToolGuard guard(OrderedCall call) {
        return ToolGuard.builder(
                        new CapabilityBinding(call.intentId(), CapabilityToken.of(call.token()), "usd"),
                        TOOLS,
                        new Doomed.Authority(paybond.authority(), kill),
                        paybond.capabilities(),
                        paybond.tenantId())
                .journal(new DoomedJournal(journal, kill))
                .payee(new PayeeIdentity(PAYEE, new Doomed.Payee(payeeKey, kill)))
                .closeTimeout(Duration.ZERO)
                .build();
    }

    ToolOutcome<Map<String, Object>> make(ToolGuard guard, OrderedCall call) {
        return guard.call(
                ToolCall.of(
                        call.behavior().toolName(),
                        call.callId(),
                        JsonObject.builder().build()),
                permitted -> tool(call));
    }

    private Map<String, Object> tool(OrderedCall call) throws IOException {
        if (call.behavior() == ToolBehavior.FAILS_CLEANLY) {
            throw new IllegalStateException("sold out");
        }
        kill.reach(KillPoint.BEFORE_ACT);
        vendor.act(call.callId());
        kill.reach(KillPoint.AFTER_ACT);
        if (call.behavior() == ToolBehavior.FAILS_IN_DOUBT) {
            throw new IOException("connection reset");
        }
        return evidence(call);
    }

    /** What the tool returns, and what its vendor says when asked later. */
    static Map<String, Object> evidence(OrderedCall call) {
        return Map.of("call_id", call.callId(), "status", "booked");
    }

    @Override
    public void close() {
        paybond.close();
        journal.close();
    }
}
