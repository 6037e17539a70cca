package ai.paybond.kit.springai.web;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.guard.AgentContext;
import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolGuardBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The guards of the callers: one for each capability and user, kept for the requests that follow. Calls are made on behalf of
 * the principal's name, which the authority is told. Past the capacity the one that was not used for longest is dropped; what it
 * owes stays in the journal, which the session delivers. Thread-safe.
 */
public final class CallerGuards {

    private final CallerCapability capabilities;
    private final Function<CapabilityBinding, ToolGuardBuilder> guards;
    private final Map<Key, ToolGuard> known;

    /**
     * @param guards begins the guard of a capability, such as {@code binding -> paybond.guard(binding, tools)}
     * @param capacity how many guards are kept
     * @throws ConfigurationException {@code web.capacity} when that is none
     */
    public CallerGuards(
            CallerCapability capabilities, Function<CapabilityBinding, ToolGuardBuilder> guards, int capacity) {
        if (capacity < 1) {
            throw new ConfigurationException("web.capacity", "the capacity of the callers' guards must be positive");
        }
        this.capabilities = Objects.requireNonNull(capabilities, "capabilities");
        this.guards = Objects.requireNonNull(guards, "guards");
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, ToolGuard> eldest) {
                return size() > capacity;
            }
        };
    }

    /** The guard of a caller; null without a capability. */
    public @Nullable ToolGuard guardOf(Caller caller) {
        CapabilityBinding binding = capabilities.capabilityOf(caller);
        if (binding == null) {
            return null;
        }
        Key key = new Key(binding, caller.name());
        ToolGuard guard = find(key);
        return guard == null ? keep(key, open(key)) : guard;
    }

    private ToolGuard open(Key key) {
        ToolGuardBuilder builder = guards.apply(key.binding());
        return key.user() == null
                ? builder.build()
                : builder.agent(AgentContext.of(key.user())).build();
    }

    private @Nullable ToolGuard find(Key key) {
        synchronized (known) {
            return known.get(key);
        }
    }

    private ToolGuard keep(Key key, ToolGuard made) {
        synchronized (known) {
            ToolGuard other = known.putIfAbsent(key, made);
            return other == null ? made : other;
        }
    }

    /** The guards that are kept, with whose they are. */
    public List<OwnedGuard> known() {
        synchronized (known) {
            return known.entrySet().stream()
                    .map(entry -> new OwnedGuard(entry.getKey().user(), entry.getValue()))
                    .toList();
        }
    }

    private record Key(CapabilityBinding binding, @Nullable String user) {}
}
