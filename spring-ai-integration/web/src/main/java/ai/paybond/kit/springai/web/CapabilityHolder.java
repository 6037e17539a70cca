package ai.paybond.kit.springai.web;

import ai.paybond.kit.guard.CapabilityBinding;
import org.jspecify.annotations.Nullable;

/** A principal, or a Spring Security {@code UserDetails}, that knows the capability of its user's agent. */
public interface CapabilityHolder {

    /** The intent and capability; null when there is none. */
    @Nullable CapabilityBinding capability();
}
