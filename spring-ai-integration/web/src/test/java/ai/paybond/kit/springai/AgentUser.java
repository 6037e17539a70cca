package ai.paybond.kit.springai;

import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.springai.web.CapabilityHolder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** A user whose agent has a capability, or has none. */
final class AgentUser extends User implements CapabilityHolder {
    private static final long serialVersionUID = 1L;

    static final Map<String, String> INTENTS = Map.of(
            "ann", "3f0e0b6c-6f0f-4f0e-9a51-0d7d2f8b5a10",
            "bob", "9a1f6a52-1d0e-4c83-8a53-7f4a2f1f1b22");

    AgentUser(String name) {
        super(
                name,
                "{noop}secret",
                name.equals("dave")
                        ? List.of(new SimpleGrantedAuthority("ROLE_APPROVER"))
                        : List.of(new SimpleGrantedAuthority("ROLE_USER")));
    }

    @Override
    public @Nullable CapabilityBinding capability() {
        String intent = INTENTS.get(getUsername());
        return intent == null ? null : new CapabilityBinding(intent, CapabilityToken.of(TestGuards.TOKEN), "usd");
    }
}
