package ai.paybond.kit.paegents.client;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.paegents.Pause;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How to talk to Paegents. Immutable; secrets in it are redacted when printed. */
public final class PaegentsOptions {
    /** Paegents' own address. */
    public static final URI DEFAULT_API_URL = URI.create("https://api.paegents.com");

    private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9_.:@-]{1,128}");

    final String agentId;
    final PaegentsApiKey apiKey;
    final URI apiUrl;
    final @Nullable OwnerJwt ownerJwt;
    final boolean apiKeyForOwnerRoutes;
    final Duration connectTimeout;
    final Duration timeout;
    final int maxAttempts;
    final int maxReplyBytes;
    final Pause pause;
    final Clock clock;
    final Supplier<UUID> ids;

    private PaegentsOptions(Builder builder) {
        this.agentId = builder.agentId;
        this.apiKey = builder.apiKey;
        this.apiUrl = builder.apiUrl;
        this.ownerJwt = builder.ownerJwt;
        this.apiKeyForOwnerRoutes = builder.apiKeyForOwnerRoutes;
        this.connectTimeout = builder.connectTimeout;
        this.timeout = builder.timeout;
        this.maxAttempts = builder.maxAttempts;
        this.maxReplyBytes = builder.maxReplyBytes;
        this.pause = builder.pause;
        this.clock = builder.clock;
        this.ids = builder.ids;
    }

    /** @throws ConfigurationException {@code agent_id.invalid} for an id that is none */
    public static Builder builder(String agentId, PaegentsApiKey apiKey) {
        return new Builder(agentId, apiKey);
    }

    /**
     * Reads {@code PAEGENTS_AGENT_ID} and {@code PAEGENTS_API_KEY}, which are needed, and {@code PAEGENTS_API_URL} and
     * {@code OWNER_JWT}, which are not.
     *
     * @throws ConfigurationException {@code agent_id.invalid}, {@code api_key.missing}, {@code url.invalid} and the like
     */
    public static Builder fromEnvironment(Map<String, String> environment) {
        Builder builder = builder(
                environment.getOrDefault("PAEGENTS_AGENT_ID", ""),
                PaegentsApiKey.of(environment.get("PAEGENTS_API_KEY")));
        String url = environment.getOrDefault("PAEGENTS_API_URL", "");
        String jwt = environment.getOrDefault("OWNER_JWT", "");
        if (!url.isBlank()) {
            builder.apiUrl(uri(url.strip()));
        }
        return jwt.isBlank() ? builder : builder.ownerJwt(OwnerJwt.of(jwt));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("url.invalid", "PAEGENTS_API_URL is no address");
        }
    }

    /** Names the agent and the address only. */
    @Override
    public String toString() {
        return "PaegentsOptions[agentId=" + agentId + ", host=" + apiUrl.getHost() + "]";
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final String agentId;
        private final PaegentsApiKey apiKey;
        private URI apiUrl = DEFAULT_API_URL;
        private @Nullable OwnerJwt ownerJwt;
        private boolean apiKeyForOwnerRoutes;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration timeout = Duration.ofSeconds(30);
        private int maxAttempts = 3;
        private int maxReplyBytes = 4 << 20;
        private Pause pause = Pause.sleeping();
        private Clock clock = Clock.systemUTC();
        private Supplier<UUID> ids = UUID::randomUUID;

        private Builder(String agentId, PaegentsApiKey apiKey) {
            if (!AGENT.matcher(agentId).matches()) {
                throw new ConfigurationException("agent_id.invalid", "the agent's id is missing or malformed");
            }
            this.agentId = agentId;
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
        }

        /** Where the API is; {@link #DEFAULT_API_URL} by default. Needs https unless it is on this machine. */
        public Builder apiUrl(URI url) {
            this.apiUrl = Objects.requireNonNull(url, "url");
            return this;
        }

        /** Whose word counts on owner routes, unless a call brings another. */
        public Builder ownerJwt(OwnerJwt jwt) {
            this.ownerJwt = Objects.requireNonNull(jwt, "jwt");
            return this;
        }

        /** Sends the API key to owner routes when there is no JWT. Off by default: such a call then fails here. */
        public Builder apiKeyForOwnerRoutes() {
            this.apiKeyForOwnerRoutes = true;
            return this;
        }

        /** How long connecting may take; 10 s by default. */
        public Builder connectTimeout(Duration limit) {
            this.connectTimeout = positive(limit);
            return this;
        }

        /** How long one attempt may take, its reply read included; 30 s by default. */
        public Builder timeout(Duration limit) {
            this.timeout = positive(limit);
            return this;
        }

        /** How often a read, or a write under an idempotency key, is sent at most; 3 by default. */
        public Builder maxAttempts(int attempts) {
            require(attempts >= 1, "limits.invalid", "there is at least one attempt");
            this.maxAttempts = attempts;
            return this;
        }

        /** The largest reply that is read, in bytes; 4 MiB by default. */
        public Builder maxReplyBytes(int bytes) {
            require(bytes >= 1, "limits.invalid", "a reply has at least one byte");
            this.maxReplyBytes = bytes;
            return this;
        }

        /** How to wait between attempts; sleeping by default. */
        public Builder pause(Pause newPause) {
            this.pause = Objects.requireNonNull(newPause, "newPause");
            return this;
        }

        /** The time; the system's UTC clock by default. */
        public Builder clock(Clock newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Draws idempotency keys and request nonces; random UUIDs by default. Must be unique and hard to guess. */
        public Builder ids(Supplier<UUID> source) {
            this.ids = Objects.requireNonNull(source, "source");
            return this;
        }

        public PaegentsOptions build() {
            return new PaegentsOptions(this);
        }

        private static Duration positive(Duration limit) {
            require(!limit.isZero() && !limit.isNegative(), "limits.invalid", "a time limit is positive");
            return limit;
        }

        private static void require(boolean fulfilled, String code, String message) {
            if (!fulfilled) {
                throw new ConfigurationException(code, message);
            }
        }
    }
}
