package ai.paybond.kit.springai;

import ai.paybond.kit.guard.ToolGuard;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;

/**
 * Says which guard decides about a tool call. Without one the call is denied with {@code guard.missing}, and so it is
 * when the resolver throws.
 *
 * <p>Called on the thread that runs the tool, which for a stream is not the caller's: implementations are thread-safe
 * and look at the tool context, never at a thread-local.
 */
@FunctionalInterface
public interface GuardResolver {

    /**
     * @param context the tool context of the request; null when the tool was called without one
     * @return the guard of the conversation, or null to deny
     */
    @Nullable ToolGuard resolve(@Nullable ToolContext context);

    /**
     * Is told what became of a call, so that a conversation can be shown its decisions and receipts. Must return quickly; what
     * it throws is logged and dropped. By default nothing is kept.
     *
     * @param context as for {@link #resolve}
     */
    default void settled(@Nullable ToolContext context, GuardedCall call) {}

    /**
     * A resolver that is looked up with each call, for guards that are made before their resolver is.
     *
     * @param resolvers gives the resolver; what it throws denies the call
     */
    static GuardResolver deferred(Supplier<? extends GuardResolver> resolvers) {
        Objects.requireNonNull(resolvers, "resolvers");
        return new GuardResolver() {
            @Override
            public @Nullable ToolGuard resolve(@Nullable ToolContext context) {
                return resolvers.get().resolve(context);
            }

            @Override
            public void settled(@Nullable ToolContext context, GuardedCall call) {
                resolvers.get().settled(context, call);
            }
        };
    }

    /** One guard for every conversation: right for a process that works on one intent. */
    static GuardResolver fixed(ToolGuard guard) {
        Objects.requireNonNull(guard, "guard");
        return context -> guard;
    }
}
