package ai.paybond.kit.policy;

import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.policy.PolicyReload.Refused;
import ai.paybond.kit.policy.PolicyReload.Reloaded;
import ai.paybond.kit.policy.PolicyReload.Unchanged;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy file that may change while an agent runs, as the registry of its guards: give it to
 * {@link ai.paybond.kit.guard.ToolGuardBuilder#liveTools}.
 *
 * <p>A reload takes a policy only whole: it is read, validated, compared and turned into a registry, and then swapped in at
 * once. Anything else, a file that is gone or half written included, is refused, and the policy before stays in force. Refused
 * is, unless {@link Builder#allowLoosening()} says otherwise, whatever {@link PolicyChange} calls a loosening.
 *
 * <p>Calls in flight are not waited for: each resolved its tool, price and ceiling under the one registry that it read, which
 * never changes. Every call that is resolved after a reload sees the new one.
 *
 * <p>Thread-safe. Closing it ends the watch; the policy in force stays readable.
 */
public final class LivePolicy implements Supplier<ToolRegistry>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LivePolicy.class);
    private static final Duration DEBOUNCE = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofSeconds(5);

    private final Path file;
    private final PolicyParser parser;
    private final ToolBindings bindings;
    private final Adoption adoption;
    private final List<PolicyListener> listeners;
    private final Clock clock;
    private volatile InForce inForce;
    private volatile @Nullable PolicyWatch watch;
    private @Nullable List<PolicyIssue> lastRefused;

    private record InForce(Policy policy, ToolRegistry registry, PolicySnapshot snapshot) {}

    private LivePolicy(Builder parts) {
        this.file = parts.file.toAbsolutePath();
        this.parser = parts.parser;
        this.bindings = parts.bindings;
        this.adoption = new Adoption(parts.bound, parts.looseningAllowed, parts.check);
        this.listeners = List.copyOf(parts.listeners);
        this.clock = parts.clock;
        Policy first = parser.parse(file);
        List<PolicyIssue> unbound = adoption.outsideTheIntent(first);
        if (!unbound.isEmpty()) {
            throw new PolicyException(unbound);
        }
        this.inForce = taken(first);
    }

    /** @param file a policy, read and re-read as {@link PolicyParser#parse(Path)} does */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    private InForce taken(Policy policy) {
        return new InForce(policy, policy.registry(bindings), PolicySnapshot.of(policy, clock.instant()));
    }

    /** The registry of the policy in force. Immutable: one call reads it once and keeps to it. */
    @Override
    public ToolRegistry get() {
        return inForce.registry();
    }

    /** The policy in force. */
    public Policy policy() {
        return inForce.policy();
    }

    /** The policy in force, for records. */
    public PolicySnapshot snapshot() {
        return inForce.snapshot();
    }

    /** Reads the file again and takes what it says, unless that is refused. Never throws for a file. */
    public PolicyReload reload() {
        return reload(true);
    }

    private PolicyReload reload(boolean repeatRefusals) {
        Policy candidate;
        try {
            candidate = parser.parse(file);
        } catch (PolicyException e) {
            return refused(e.issues(), repeatRefusals);
        }
        return offer(candidate, repeatRefusals);
    }

    /** As {@link #reload()}, for a policy that was read elsewhere. The file is not changed: the next reload reads it. */
    public PolicyReload offer(Policy candidate) {
        return offer(candidate, true);
    }

    private PolicyReload offer(Policy candidate, boolean repeatRefusals) {
        PolicyReload outcome = adopt(candidate);
        if (outcome instanceof Refused refused) {
            return refused(refused.issues(), repeatRefusals);
        }
        if (outcome instanceof Reloaded done) {
            log.info(
                    "policy {} is in force in place of {}",
                    done.current().version(),
                    done.previous().version());
            tell(listener -> listener.reloaded(done.previous(), done.current(), done.change()));
        }
        return outcome;
    }

    private synchronized PolicyReload adopt(Policy candidate) {
        InForce before = inForce;
        PolicyChange change = PolicyChange.between(before.policy(), candidate);
        if (!change.documentChanged()) {
            lastRefused = null;
            return new Unchanged(before.snapshot());
        }
        List<PolicyIssue> against = adoption.issues(candidate, change);
        if (!against.isEmpty()) {
            return new Refused(against);
        }
        try {
            inForce = taken(candidate);
        } catch (PolicyException e) {
            return new Refused(e.issues());
        }
        lastRefused = null;
        return new Reloaded(before.snapshot(), inForce.snapshot(), change);
    }

    private Refused refused(List<PolicyIssue> issues, boolean repeat) {
        boolean news;
        synchronized (this) {
            news = repeat || !issues.equals(lastRefused);
            lastRefused = issues;
        }
        if (news) {
            log.warn(
                    "a policy was refused and {} stays in force: {}", snapshot().version(), issues.get(0));
            tell(listener -> listener.refused(issues));
        }
        return new Refused(issues);
    }

    /** As {@link #watch(Duration, Duration)}, with 500 ms and 5 s. */
    public LivePolicy watch() {
        return watch(DEBOUNCE, POLL);
    }

    /**
     * Reloads whenever the file changes, on a thread of its own, until this is closed. The file's directory is watched, not the
     * file: an editor that replaces the file and a Kubernetes mount that swaps a link are seen. What no notification tells, such
     * as a base policy elsewhere or a network drive, is seen by looking from time to time.
     *
     * @param debounce how long it must be quiet before the file is read
     * @param poll how often the file is read though nothing is heard
     * @throws IllegalStateException when it is watched already
     * @throws IllegalArgumentException when a duration is not positive
     */
    public synchronized LivePolicy watch(Duration debounce, Duration poll) {
        if (watch != null) {
            throw new IllegalStateException("the policy is watched already");
        }
        watch = PolicyWatch.start(file, debounce, poll, () -> reload(false), this::watchFailed);
        return this;
    }

    private void watchFailed(Throwable fault) {
        log.warn("the watch of a policy met a fault and goes on", fault);
        tell(listener -> listener.watchFailed(fault));
    }

    private void tell(Consumer<PolicyListener> event) {
        for (PolicyListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) {
                log.warn("a policy listener failed and was ignored", e);
            }
        }
    }

    /** Ends the watch, if there is one. */
    @Override
    public void close() {
        PolicyWatch watching = watch;
        if (watching != null) {
            watching.close();
        }
    }

    /** Collects what a live policy goes by. Not thread-safe. */
    public static final class Builder {
        private final Path file;
        private final List<PolicyListener> listeners = new ArrayList<>();
        private PolicyParser parser = PolicyParser.standard();
        private ToolBindings bindings = ToolBindings.none();
        private @Nullable Set<String> bound;
        private boolean looseningAllowed;
        private PolicyCheck check = candidate -> List.of();
        private Clock clock = Clock.systemUTC();

        private Builder(Path file) {
            this.file = Objects.requireNonNull(file, "file");
        }

        /** {@link PolicyParser#standard()} by default. */
        public Builder parser(PolicyParser parser) {
            this.parser = Objects.requireNonNull(parser, "parser");
            return this;
        }

        /** None by default. The same bindings hold for every policy that the file will ever be. */
        public Builder bindings(ToolBindings bindings) {
            this.bindings = Objects.requireNonNull(bindings, "bindings");
            return this;
        }

        /**
         * The tools or operations that the bound intent allows. A policy that needs another is refused with
         * {@code policy.intent_rebind_required}; a tool counts as allowed by its name or by its operation. By default nothing is
         * compared: the capability is, at each call.
         */
        public Builder boundTo(Collection<String> allowedTools) {
            this.bound = Set.copyOf(allowedTools);
            return this;
        }

        /** Takes policies that are looser than the one in force. Off by default. */
        public Builder allowLoosening() {
            this.looseningAllowed = true;
            return this;
        }

        /** Asked before a changed policy is taken; nobody by default. Not asked about the first. */
        public Builder remoteCheck(PolicyCheck check) {
            this.check = Objects.requireNonNull(check, "check");
            return this;
        }

        /** Any number of them, told in this order. */
        public Builder listener(PolicyListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Tells when a policy was read; the system's UTC clock by default. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Reads the file.
         *
         * @throws PolicyException for anything but a valid policy that fits the bindings and the bound intent
         */
        public LivePolicy open() {
            return new LivePolicy(this);
        }
    }
}
