package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.guard.ToolGuard;
import org.jspecify.annotations.Nullable;

/**
 * The guard of calls outside any conversation, where the application has no {@link ToolGuard} bean. Without a bean of this
 * type such calls are denied.
 */
@FunctionalInterface
public interface FallbackGuard {

    /** The guard for the call that is being made, or null to deny it. Called on any thread. */
    @Nullable ToolGuard guard();
}
