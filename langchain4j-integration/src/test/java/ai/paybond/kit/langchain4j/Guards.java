package ai.paybond.kit.langchain4j;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolGuardBuilder;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.wire.ed25519.SigningKey;

/** Guards over a fake authority. */
final class Guards {
    static final String TOKEN = "dG9rZW4tb2YtdGhlLXRlc3Rz";
    static final String SEED = "07".repeat(32);
    static final String INTENT = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private Guards() {}

    static ToolGuard of(FakeAuthority authority, ToolRegistry tools) {
        return of(authority, tools, new InMemoryCallJournal());
    }

    static ToolGuard of(FakeAuthority authority, ToolRegistry tools, CallJournal journal) {
        return builder(authority, tools).journal(journal).build();
    }

    static ToolGuardBuilder builder(FakeAuthority authority, ToolRegistry tools) {
        CapabilityBinding binding = new CapabilityBinding(INTENT, CapabilityToken.of(TOKEN), "usd");
        SigningKey key = SigningKey.fromSeedHex(SEED);
        return ToolGuard.builder(binding, tools, authority, CapabilityVerifier.remoteOnly(), "tenant-1")
                .journal(new InMemoryCallJournal())
                .payee(new PayeeIdentity("did:example:hotel", key));
    }

    static ToolGuard of(FakeAuthority authority, Object... objectsWithTools) {
        return of(authority, GuardedTools.declarations(objectsWithTools));
    }
}
