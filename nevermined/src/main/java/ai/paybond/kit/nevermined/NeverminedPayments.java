package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.internal.BackendHttp;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Everything Nevermined, with one key and one HTTP client. Opens no connection by itself. Safe for use by many threads; close
 * it when done.
 */
public final class NeverminedPayments implements AutoCloseable {
    private static final int NONCE_BYTES = 16;

    private final NeverminedOptions options;
    private final BackendHttp http;
    private final Backend backend;
    private final RandomGenerator random;

    private NeverminedPayments(NeverminedOptions options, BackendHttp http, RandomGenerator random) {
        this.options = options;
        this.http = http;
        this.backend = new Backend(http, options);
        this.random = random;
    }

    /** @throws ai.paybond.kit.ConfigurationException if the backend's address is not https, nor http on this machine */
    public static NeverminedPayments open(NeverminedOptions options) {
        return open(options, new SecureRandom());
    }

    /** As {@link #open(NeverminedOptions)}, with a source of randomness of one's own. */
    public static NeverminedPayments open(NeverminedOptions options, RandomGenerator random) {
        BackendHttp http = new BackendHttp(options.environment().backend(), options.timeout(), options.maxReplyBytes());
        return new NeverminedPayments(options, http, random);
    }

    /** The same key acting for this organisation, over the same connections: close the original, not this. */
    public NeverminedPayments forOrganization(String organization) {
        return new NeverminedPayments(options.withOrganization(organization), http, random);
    }

    /** How this was opened. */
    public NeverminedOptions options() {
        return options;
    }

    /** Verify and settle: an agent's side. */
    public Facilitator facilitator() {
        return new Facilitator(backend);
    }

    /** The earlier Requests API, over verify. */
    public Requests requests() {
        return new Requests(facilitator(), backend);
    }

    /** Access tokens: a buyer's side. */
    public X402Tokens x402() {
        return new X402Tokens(backend);
    }

    /** Spending limits: a buyer's side. */
    public Delegations delegations() {
        return new Delegations(backend);
    }

    /** Plans. */
    public Plans plans() {
        return new Plans(backend, this::nonce);
    }

    /** Agents. */
    public Agents agents() {
        return new Agents(backend);
    }

    /** A resolver with an empty memory; keep it. */
    public SchemeResolver schemes(Clock clock) {
        return new SchemeResolver(plans()::get, options.environment(), clock);
    }

    private BigInteger nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes);
    }

    /** Cancels running requests; a settle among them comes back as unknown. */
    @Override
    public void close() {
        http.close();
    }
}
