package ai.paybond.kit.springai;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.guard.ToolGuard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;

/**
 * The guards of the conversations in progress. The tool context carries only a random handle, because Spring AI copies
 * that context to every MCP server; the capability token stays here.
 *
 * <pre>{@code
 * try (GuardHandle conversation = guards.open(guard)) {
 *     chatClient.prompt(question).tools(tools).toolContext(conversation.toolContext()).call().content();
 * }
 * }</pre>
 *
 * <p>A handle that is unknown, closed or expired is denied; it never falls back to another guard. Thread-safe.
 */
public final class ConversationGuards implements GuardResolver {

    /** The tool context's key for the handle. It is taken out before any tool sees the context. */
    public static final String CONTEXT_KEY = "paybond.guard";

    private static final int MAX_CALLS = 1_000;

    private final Map<String, Entry> entries = new HashMap<>();
    private final Clock clock;
    private final Duration timeToLive;
    private final int capacity;
    private final Supplier<String> ids;
    private final Supplier<@Nullable ToolGuard> fallback;

    private ConversationGuards(Builder builder) {
        this.clock = builder.clock;
        this.timeToLive = builder.timeToLive;
        this.capacity = builder.capacity;
        this.ids = builder.ids;
        this.fallback = builder.fallback;
    }

    /** A store with the defaults of {@link Builder}. */
    public static ConversationGuards create() {
        return builder().build();
    }

    /** See {@link Builder}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a conversation.
     *
     * @throws PaybondException {@code guards.full} when too many conversations are open
     */
    public GuardHandle open(ToolGuard guard) {
        Objects.requireNonNull(guard, "guard");
        String id = ids.get();
        Instant now = clock.instant();
        synchronized (entries) {
            if (entries.size() >= capacity) {
                entries.values().removeIf(entry -> entry.isExpired(now));
            }
            if (entries.size() >= capacity || entries.containsKey(id)) {
                throw new PaybondException("guards.full", "no room for another conversation; close finished handles");
            }
            entries.put(id, new Entry(guard, now.plus(timeToLive), new ArrayDeque<>()));
        }
        return new GuardHandle(id, this);
    }

    @Override
    public @Nullable ToolGuard resolve(@Nullable ToolContext context) {
        if (context == null || !context.getContext().containsKey(CONTEXT_KEY)) {
            return fallback.get();
        }
        return context.getContext().get(CONTEXT_KEY) instanceof String id ? find(id) : null;
    }

    @Override
    public void settled(@Nullable ToolContext context, GuardedCall call) {
        Object id = context == null ? null : context.getContext().get(CONTEXT_KEY);
        synchronized (entries) {
            Entry entry = entries.get(id);
            if (entry != null) {
                entry.keep(call);
            }
        }
    }

    private @Nullable ToolGuard find(String id) {
        Instant now = clock.instant();
        synchronized (entries) {
            Entry entry = entries.get(id);
            return entry == null || entry.isExpired(now) ? null : entry.guard();
        }
    }

    List<GuardedCall> callsOf(String id) {
        synchronized (entries) {
            Entry entry = entries.get(id);
            return entry == null ? List.of() : List.copyOf(entry.calls());
        }
    }

    void forget(String id) {
        synchronized (entries) {
            entries.remove(id);
        }
    }

    private record Entry(ToolGuard guard, Instant expiresAt, Deque<GuardedCall> calls) {
        void keep(GuardedCall call) {
            if (calls.size() == MAX_CALLS) {
                calls.removeFirst();
            }
            calls.addLast(call);
        }

        boolean isExpired(Instant now) {
            return !now.isBefore(expiresAt);
        }
    }

    /** Options of the store. Not thread-safe. */
    public static final class Builder {
        private Clock clock = Clock.systemUTC();
        private Duration timeToLive = Duration.ofHours(1);
        private int capacity = 10_000;
        private Supplier<String> ids = () -> UUID.randomUUID().toString();
        private Supplier<@Nullable ToolGuard> fallback = () -> null;

        private Builder() {}

        /** What decides whether a handle has expired. Default: the system's UTC clock. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** How long a handle is good for, counted from its opening. Default: one hour. */
        public Builder timeToLive(Duration timeToLive) {
            this.timeToLive = Objects.requireNonNull(timeToLive, "timeToLive");
            return this;
        }

        /** How many conversations may be open at once. Default: 10,000. */
        public Builder capacity(int capacity) {
            this.capacity = capacity;
            return this;
        }

        /** Where handles come from; each must be unguessable. Default: random UUIDs. */
        public Builder handleIds(Supplier<String> ids) {
            this.ids = Objects.requireNonNull(ids, "ids");
            return this;
        }

        /** The guard of tool calls whose context carries no handle at all. Default: none, which denies them. */
        public Builder fallback(Supplier<@Nullable ToolGuard> fallback) {
            this.fallback = Objects.requireNonNull(fallback, "fallback");
            return this;
        }

        /** @throws ConfigurationException when time to live or capacity is not positive */
        public ConversationGuards build() {
            if (timeToLive.isNegative() || timeToLive.isZero() || capacity < 1) {
                throw new ConfigurationException(
                        "springai.guards", "time to live and capacity of the conversation guards must be positive");
            }
            return new ConversationGuards(this);
        }
    }
}
