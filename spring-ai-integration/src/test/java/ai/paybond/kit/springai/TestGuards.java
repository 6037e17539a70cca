package ai.paybond.kit.springai;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.capability.CapabilityVerifier;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.ToolAuthority;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolGuardBuilder;
import ai.paybond.kit.guard.ToolRegistry;

/** Guards that ask an authority in memory. */
final class TestGuards {

    static final String TOKEN = "c2VjcmV0LWNhcGFiaWxpdHk=";

    private TestGuards() {}

    static ToolGuard guard(ToolRegistry tools, ToolAuthority authority) {
        return builder(tools, authority).build();
    }

    static ToolGuardBuilder builder(ToolRegistry tools, ToolAuthority authority) {
        CapabilityBinding binding =
                new CapabilityBinding("3f0e0b6c-6f0f-4f0e-9a51-0d7d2f8b5a10", CapabilityToken.of(TOKEN), "usd");
        return ToolGuard.builder(binding, tools, authority, CapabilityVerifier.remoteOnly(), "tenant-1");
    }

    static ToolGuard guard(Object toolObject, ToolAuthority authority) {
        return guard(GuardedTools.registry(toolObject), authority);
    }
}
