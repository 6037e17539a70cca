package ai.paybond.kit;

import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.guard.CallObserver;
import ai.paybond.kit.harbor.RecognitionKey;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.DeliverySettings;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** How a session is opened. Immutable; {@link #toString()} holds no secret. */
public final class PaybondOptions {
    /** Where Paybond's own Gateway is. */
    public static final URI DEFAULT_GATEWAY_URL = URI.create("https://api.paybond.ai");

    private final URI gatewayUrl;
    private final ApiKey apiKey;
    private final @Nullable URI harborUrl;
    private final Map<Integer, VerifyingKey> capabilityRootKeys;
    private final Map<VerifyingKey, String> approverKeys;
    private final boolean remoteVerificationOnly;
    private final @Nullable RecognitionKey recognitionKey;
    private final @Nullable PayeeIdentity payee;
    private final @Nullable CallJournal journal;
    private final @Nullable PaybondEnvironment expectedEnvironment;
    private final Clock clock;
    private final Duration requestTimeout;
    private final int maxAttempts;
    private final int maxResponseBytes;
    private final Duration clockSkew;
    private final Duration closeTimeout;
    private final ArgumentDisclosure argumentDisclosure;
    private final DeliverySettings delivery;
    private final boolean backgroundDelivery;
    private final ThreadFactory deliveryThreads;
    private final List<CallObserver> observers;

    private PaybondOptions(Builder builder) {
        this.gatewayUrl = builder.gatewayUrl;
        this.apiKey = builder.apiKey;
        this.harborUrl = builder.harborUrl;
        this.capabilityRootKeys = Collections.unmodifiableMap(new TreeMap<>(builder.capabilityRootKeys));
        this.approverKeys = Collections.unmodifiableMap(new LinkedHashMap<>(builder.approverKeys));
        this.remoteVerificationOnly = builder.remoteVerificationOnly;
        this.recognitionKey = builder.recognitionKey;
        this.payee = builder.payee;
        this.journal = builder.journal;
        this.expectedEnvironment = builder.expectedEnvironment;
        this.clock = builder.clock;
        this.requestTimeout = builder.requestTimeout;
        this.maxAttempts = builder.maxAttempts;
        this.maxResponseBytes = builder.maxResponseBytes;
        this.clockSkew = builder.clockSkew;
        this.closeTimeout = builder.closeTimeout;
        this.argumentDisclosure = builder.argumentDisclosure;
        this.delivery = builder.delivery;
        Boolean chosen = builder.backgroundDelivery;
        this.backgroundDelivery = chosen == null ? builder.journal != null : chosen;
        this.deliveryThreads = builder.deliveryThreads;
        this.observers = List.copyOf(builder.observers);
    }

    /**
     * @param gatewayUrl https, or http on this machine; see {@link #DEFAULT_GATEWAY_URL}
     * @param apiKey the service account's key, from which the tenant is derived
     */
    public static Builder builder(URI gatewayUrl, ApiKey apiKey) {
        return new Builder(gatewayUrl, apiKey);
    }

    /**
     * Reads {@code PAYBOND_API_KEY} (required), {@code PAYBOND_GATEWAY_URL} or {@code PAYBOND_GATEWAY_BASE_URL} (default
     * {@link #DEFAULT_GATEWAY_URL}), {@code PAYBOND_HARBOR_URL} (default none) and {@code PAYBOND_CAPABILITY_ROOT_KEY} (default
     * none; {@code id:64 hexadecimal digits}, several separated by commas); to sign, {@code PAYBOND_AGENT_RECOGNITION_KEY_ID} with
     * {@code PAYBOND_AGENT_RECOGNITION_SIGNING_SEED_HEX}, and {@code PAYBOND_PAYEE_DID} with
     * {@code PAYBOND_PAYEE_SIGNING_SEED_HEX}. Blank counts as unset.
     *
     * @param environment usually {@link System#getenv()}
     * @throws ConfigurationException naming the variable that is missing or malformed
     */
    public static PaybondOptions fromEnvironment(Map<String, String> environment) {
        return EnvironmentOptions.read(environment).build();
    }

    /** A builder that starts from these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The Gateway's base address. */
    public URI gatewayUrl() {
        return gatewayUrl;
    }

    /** The service account's key. */
    public ApiKey apiKey() {
        return apiKey;
    }

    /** Harbor's base address; absent means that Harbor is reached through the Gateway. */
    public @Nullable URI harborUrl() {
        return harborUrl;
    }

    /** The pinned keys that capabilities may be signed with, by id. */
    public Map<Integer, VerifyingKey> capabilityRootKeys() {
        return capabilityRootKeys;
    }

    /** The keys that may approve calls in blocks of a capability, and whose they are. */
    public Map<VerifyingKey, String> approverKeys() {
        return approverKeys;
    }

    /** Whether capabilities are left to the authority alone. */
    public boolean remoteVerificationOnly() {
        return remoteVerificationOnly;
    }

    /** The agent key for writes through the Gateway. */
    public @Nullable RecognitionKey recognitionKey() {
        return recognitionKey;
    }

    /** Who signs the evidence of guarded calls. */
    public @Nullable PayeeIdentity payee() {
        return payee;
    }

    /** Where guarded calls are remembered; absent means in memory, for this session alone. */
    public @Nullable CallJournal journal() {
        return journal;
    }

    /** Where the key must belong; absent means anywhere. */
    public @Nullable PaybondEnvironment expectedEnvironment() {
        return expectedEnvironment;
    }

    /** The wall clock for expiry, proofs and evidence. */
    public Clock clock() {
        return clock;
    }

    /** How long one attempt of a request may take. */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /** How often a request is sent at most. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** The largest reply that is read, in bytes. */
    public int maxResponseBytes() {
        return maxResponseBytes;
    }

    /** How far the clocks may disagree: so long before its expiry a Harbor token is renewed. */
    public Duration clockSkew() {
        return clockSkew;
    }

    /** How long closing waits for pending evidence. */
    public Duration closeTimeout() {
        return closeTimeout;
    }

    /** What Harbor is told of a call's arguments. */
    public ArgumentDisclosure argumentDisclosure() {
        return argumentDisclosure;
    }

    /** How patiently evidence is delivered. */
    public DeliverySettings delivery() {
        return delivery;
    }

    /** Whether the session delivers in the background what calls left pending. */
    public boolean backgroundDelivery() {
        return backgroundDelivery;
    }

    /** What the threads are made by that deliver in the background. */
    public ThreadFactory deliveryThreads() {
        return deliveryThreads;
    }

    /** What surrounds the calls of every guard of the session. */
    public List<CallObserver> observers() {
        return observers;
    }

    /** Addresses and limits. */
    @Override
    public String toString() {
        return "PaybondOptions[gatewayUrl=" + gatewayUrl + ", harborUrl=" + harborUrl + ", apiKey=" + apiKey
                + ", requestTimeout=" + requestTimeout + ", maxAttempts=" + maxAttempts + "]";
    }

    /** Collects the options. Not thread-safe. */
    public static final class Builder {
        private static final int MOST_ATTEMPTS = 10;
        private static final Duration LONGEST = Duration.ofDays(1);

        private final URI gatewayUrl;
        private final ApiKey apiKey;
        private final Map<Integer, VerifyingKey> capabilityRootKeys = new TreeMap<>();
        private final Map<VerifyingKey, String> approverKeys = new LinkedHashMap<>();
        private @Nullable URI harborUrl;
        private boolean remoteVerificationOnly;
        private @Nullable RecognitionKey recognitionKey;
        private @Nullable PayeeIdentity payee;
        private @Nullable CallJournal journal;
        private @Nullable PaybondEnvironment expectedEnvironment;
        private Clock clock = Clock.systemUTC();
        private Duration requestTimeout = Duration.ofSeconds(30);
        private int maxAttempts = 3;
        private int maxResponseBytes = 4 << 20;
        private Duration clockSkew = Duration.ofSeconds(90);
        private Duration closeTimeout = Duration.ofSeconds(10);
        private DeliverySettings delivery = DeliverySettings.DEFAULT;
        private @Nullable Boolean backgroundDelivery;
        private ThreadFactory deliveryThreads = Thread::new;
        private final List<CallObserver> observers = new ArrayList<>();
        private ArgumentDisclosure argumentDisclosure = ArgumentDisclosure.NONE;

        private Builder(URI gatewayUrl, ApiKey apiKey) {
            this.gatewayUrl = Objects.requireNonNull(gatewayUrl, "gatewayUrl");
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        }

        private Builder(PaybondOptions from) {
            this(from.gatewayUrl, from.apiKey);
            this.capabilityRootKeys.putAll(from.capabilityRootKeys);
            this.approverKeys.putAll(from.approverKeys);
            this.harborUrl = from.harborUrl;
            this.remoteVerificationOnly = from.remoteVerificationOnly;
            this.recognitionKey = from.recognitionKey;
            this.payee = from.payee;
            this.journal = from.journal;
            this.expectedEnvironment = from.expectedEnvironment;
            this.clock = from.clock;
            this.requestTimeout = from.requestTimeout;
            this.maxAttempts = from.maxAttempts;
            this.maxResponseBytes = from.maxResponseBytes;
            this.clockSkew = from.clockSkew;
            this.closeTimeout = from.closeTimeout;
            this.delivery = from.delivery;
            this.backgroundDelivery = from.backgroundDelivery;
            this.deliveryThreads = from.deliveryThreads;
            this.observers.addAll(from.observers);
            this.argumentDisclosure = from.argumentDisclosure;
        }

        /** Harbor's own base address, which makes this a session of {@link SessionMode#DIRECT_HARBOR}; default none. */
        public Builder harborUrl(URI url) {
            this.harborUrl = Objects.requireNonNull(url, "url");
            return this;
        }

        /**
         * Pins a key that capabilities may be signed with; default none, and then no guard can be built. Repeatable.
         *
         * @throws ConfigurationException {@code capability.root_key} when the id is negative or taken
         */
        public Builder capabilityRootKey(int id, VerifyingKey key) {
            if (id < 0 || capabilityRootKeys.putIfAbsent(id, key) != null) {
                throw new ConfigurationException(
                        "capability.root_key", "a root key identifier is unique and not negative");
            }
            return this;
        }

        /**
         * Trusts a key to approve calls that this session's guards hold, in blocks that it signs; default none. Harbor's own
         * approvals are another matter, see {@link ai.paybond.kit.approval}. Repeatable.
         *
         * @param name of the approver, for people
         * @throws ConfigurationException {@code capability.approver} when the name is blank or the key is taken
         */
        public Builder approverKey(String name, VerifyingKey key) {
            if (name.isBlank() || approverKeys.putIfAbsent(key, name) != null) {
                throw new ConfigurationException("capability.approver", "an approver has a name and a key of its own");
            }
            return this;
        }

        /**
         * Leaves the capability to Harbor alone: nothing is refused before the network is asked. For services that do not
         * publish their root key. Default: capabilities are verified here too.
         */
        public Builder remoteVerificationOnly() {
            this.remoteVerificationOnly = true;
            return this;
        }

        /** The agent key for writes through the Gateway, under its registered id; default none. */
        public Builder recognitionKey(String keyId, Signer signer) {
            this.recognitionKey = new RecognitionKey(keyId, signer);
            return this;
        }

        /** Who signs the evidence of guarded calls; default none. */
        public Builder payee(PayeeIdentity payee) {
            this.payee = Objects.requireNonNull(payee, "payee");
            return this;
        }

        /**
         * Where guarded calls are remembered; default in memory, for this session alone. {@link CallJournals} has those that
         * survive the process. The session does not close it.
         */
        public Builder journal(CallJournal journal) {
            this.journal = Objects.requireNonNull(journal, "journal");
            return this;
        }

        /** Refuses to open the session for a key of another environment, or of an unknown one; default any. */
        public Builder expectedEnvironment(PaybondEnvironment environment) {
            this.expectedEnvironment = Objects.requireNonNull(environment, "environment");
            return this;
        }

        /** The wall clock for expiry, proofs and evidence; default the system's. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * How long one attempt of a request may take; default 30 s. A call with its retries ends within {@code maxAttempts}
         * times this.
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = timeout;
            return this;
        }

        /** How often a request is sent at most, 1 to 10; default 3. */
        public Builder maxAttempts(int attempts) {
            this.maxAttempts = attempts;
            return this;
        }

        /** The largest reply that is read, in bytes; default 4 MiB. */
        public Builder maxResponseBytes(int bytes) {
            this.maxResponseBytes = bytes;
            return this;
        }

        /** How far the clocks may disagree: so long before its expiry a Harbor token is renewed; default 90 s. */
        public Builder clockSkew(Duration skew) {
            this.clockSkew = skew;
            return this;
        }

        /** How long closing waits for pending evidence; default 10 s. */
        public Builder closeTimeout(Duration timeout) {
            this.closeTimeout = timeout;
            return this;
        }

        /**
         * What Harbor is told of a call's arguments; default {@link ArgumentDisclosure#NONE}. Anything else adds a member of
         * the kit's own to the question, which the sandbox understands and a service may refuse.
         */
        public Builder argumentDisclosure(ArgumentDisclosure disclosure) {
            this.argumentDisclosure = Objects.requireNonNull(disclosure, "disclosure");
            return this;
        }

        /** How patiently evidence is delivered; default {@link DeliverySettings#DEFAULT}. */
        public Builder delivery(DeliverySettings settings) {
            this.delivery = Objects.requireNonNull(settings, "settings");
            return this;
        }

        /**
         * Whether the session has daemon threads that deliver what calls, also of earlier or dead processes of the same
         * tenant, left pending in the journal. Default: yes when a {@link #journal} is given, no otherwise.
         */
        public Builder backgroundDelivery(boolean wanted) {
            this.backgroundDelivery = wanted;
            return this;
        }

        /**
         * What makes the threads of {@link #backgroundDelivery}, virtual ones for example; default platform threads. They are
         * named and made daemons here.
         */
        public Builder deliveryThreads(ThreadFactory threads) {
            this.deliveryThreads = Objects.requireNonNull(threads, "threads");
            return this;
        }

        /** Surrounds the calls of every guard that the session builds, for traces, timers and log contexts. Repeatable. */
        public Builder observer(CallObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /**
         * The options. Addresses are checked when the session is opened.
         *
         * @throws ConfigurationException {@code options.invalid} for a limit out of range, or for root or approver keys together
         *     with {@link #remoteVerificationOnly()}
         */
        public PaybondOptions build() {
            require(isUpToADay(requestTimeout) && !requestTimeout.isZero(), "requestTimeout is above 0, at most a day");
            require(isUpToADay(clockSkew), "clockSkew is 0 to a day");
            require(isUpToADay(closeTimeout), "closeTimeout is 0 to a day");
            require(maxAttempts >= 1 && maxAttempts <= MOST_ATTEMPTS, "maxAttempts is 1 to 10");
            require(maxResponseBytes >= 1 && maxResponseBytes < Integer.MAX_VALUE, "maxResponseBytes is 1 or more");
            require(
                    !remoteVerificationOnly || (capabilityRootKeys.isEmpty() && approverKeys.isEmpty()),
                    "either capabilityRootKey and approverKey or remoteVerificationOnly, not both");
            return new PaybondOptions(this);
        }

        private static boolean isUpToADay(Duration duration) {
            return !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
        }

        private static void require(boolean fulfilled, String rule) {
            if (!fulfilled) {
                throw new ConfigurationException("options.invalid", rule);
            }
        }
    }
}
