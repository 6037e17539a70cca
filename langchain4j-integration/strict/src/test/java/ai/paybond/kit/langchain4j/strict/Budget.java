package ai.paybond.kit.langchain4j.strict;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.capability.DenyReason;
import ai.paybond.kit.evidence.EvidenceEnvelope;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.AuthorizationRequest;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.Decision;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.harbor.SpendOutcome;
import ai.paybond.kit.journal.DeliveryReceipt;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.journal.SpendHold;
import ai.paybond.kit.wire.ed25519.SigningKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An authority with one budget, which remembers what it reserved, in cents, and what became of it. */
final class Budget implements ToolAuthority {
    private static final String INTENT = "0f8fad5b-d9cb-469f-a165-70867728950e";

    final List<Long> charged = new CopyOnWriteArrayList<>();
    final List<SpendOutcome> settled = new CopyOnWriteArrayList<>();
    private final long cents;

    Budget(long cents) {
        this.cents = cents;
    }

    /** A guard over the wallet's declared tools that this budget pays for. */
    ToolGuard guard() {
        return guard(Wallet.declared());
    }

    ToolGuard guard(ToolRegistry tools) {
        CapabilityBinding binding = new CapabilityBinding(INTENT, CapabilityToken.of("token"), "usd");
        PayeeIdentity payee = new PayeeIdentity("did:example:payee", SigningKey.fromSeedHex("07".repeat(32)));
        return ToolGuard.builder(binding, tools, this, CapabilityVerifier.remoteOnly(), "tenant-1")
                .journal(new InMemoryCallJournal())
                .payee(payee)
                .build();
    }

    @Override
    public synchronized Decision authorize(AuthorizationRequest request) {
        long spent = charged.stream().mapToLong(Long::longValue).sum();
        if (spent + request.spendCents() > cents) {
            return Decision.Denied.because(DenyReason.remote("budget_exceeded", "the budget does not cover this"));
        }
        charged.add(request.spendCents());
        return new Decision.Allowed("audit", "decision", cents - spent - request.spendCents());
    }

    @Override
    public void complete(SpendHold hold, SpendOutcome outcome) {
        settled.add(outcome);
    }

    @Override
    public DeliveryReceipt deliver(EvidenceEnvelope evidence) {
        return new DeliveryReceipt("evidence_submitted", true);
    }
}
