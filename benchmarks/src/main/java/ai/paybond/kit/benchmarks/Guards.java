package ai.paybond.kit.benchmarks;

import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.EvidenceMapper;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolGuardBuilder;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.wire.ed25519.Ed25519;
import ai.paybond.kit.wire.ed25519.SigningKey;
import java.time.Clock;

/** Guards whose authority answers at once, so that what is left is the kit's own work. */
final class Guards {

    static final String TOOL = "book";
    static final ToolRegistry TOOLS = ToolRegistry.of(ToolDeclaration.builder(TOOL)
            .operation(Tokens.OPERATION)
            .spend(SpendRule.argument("priceCents"))
            .evidence(EvidenceMapper.members("status", "costCents"))
            .build());

    private Guards() {}

    static ToolGuard guard(ToolRegistry tools, CallJournal journal) {
        return guard(tools, journal, Tokens.INTENT, Tokens.verifier(Clock.systemUTC()));
    }

    static ToolGuard guard(ToolRegistry tools, CallJournal journal, String intentId, CapabilityVerifier verifier) {
        return builder(tools, journal, intentId, verifier).build();
    }

    static ToolGuardBuilder builder(
            ToolRegistry tools, CallJournal journal, String intentId, CapabilityVerifier verifier) {
        return ToolGuard.builder(
                        new CapabilityBinding(intentId, Tokens.capability(Tokens.token(intentId, 0)), "usd"),
                        tools,
                        new GrantingAuthority(),
                        verifier,
                        Tokens.TENANT)
                .payee(new PayeeIdentity(
                        "did:web:hotel.example", SigningKey.fromSeed(new byte[32], Ed25519.forVerifying())))
                .journal(journal);
    }
}
