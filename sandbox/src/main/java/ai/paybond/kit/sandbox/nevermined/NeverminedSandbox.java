package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/**
 * A Nevermined backend on {@code 127.0.0.1}, in memory, that enforces what the real one is documented to enforce: who may sell
 * and spend, which plan, agent and endpoint a token is good for, budgets and balances, fixed and range plans. Two accounts are made
 * at start. A settle that is repeated burns again, because nothing says that the real backend recognises it.
 *
 * <p>Thread-safe. {@link #close} stops the server, and everything is gone.
 */
public final class NeverminedSandbox implements AutoCloseable {
    private static final int ID_BYTES = 31;

    private final Object lock = new Object();
    private final RandomGenerator random;
    private final Map<String, NeverminedAccount> accounts = new ConcurrentHashMap<>();
    private final AtomicLongArray counts = new AtomicLongArray(NeverminedRoute.values().length);
    private final NeverminedFaults faults = new NeverminedFaults();
    private final Market market;
    private final BackendServer server;
    private final NeverminedAccount seller;
    private final NeverminedAccount buyer;

    private NeverminedSandbox(int port, Clock clock, RandomGenerator random) {
        this.random = random;
        this.market = new Market(this::id, clock);
        byte[] key = new byte[32];
        random.nextBytes(key);
        FacilitatorRules rules = new FacilitatorRules(market, new AccessTokens(key), this::id, clock);
        this.seller = account("seller");
        this.buyer = account("buyer");
        this.server = new BackendServer(port, new Dispatcher(market, rules, faults), faults, accounts, counts, lock);
    }

    /** Starts on a free port, with the system clock. */
    public static NeverminedSandbox start() {
        return start(0, Clock.systemUTC());
    }

    /** Starts on this port (0 takes a free one), telling the time by this clock. */
    public static NeverminedSandbox start(int port, Clock clock) {
        return new NeverminedSandbox(port, clock, new SecureRandom());
    }

    /** The base of every route, without a trailing slash. */
    public URI baseUrl() {
        return server.baseUrl();
    }

    /** Someone to sell. */
    public NeverminedAccount seller() {
        return seller;
    }

    /** Someone to buy. */
    public NeverminedAccount buyer() {
        return buyer;
    }

    /** Makes a further account. */
    public NeverminedAccount account(String name) {
        String address = "0x" + hex(20);
        JsonObject claims = JsonObject.of(Map.of("sub", address, "iss", "0x" + "1".repeat(40), "o11y", "sk-none"));
        String jwt = AccessTokens.encode(JsonObject.of(Map.of("alg", "ES256K"))) + "." + AccessTokens.encode(claims)
                + "." + hex(32);
        NeverminedAccount made = new NeverminedAccount(name, address, "local:" + jwt);
        accounts.put(made.apiKey(), made);
        return made;
    }

    /** Where faults are armed. */
    public NeverminedFaults faults() {
        return faults;
    }

    /** Every move of credits, oldest first. */
    public List<CreditLine> ledger() {
        synchronized (lock) {
            return market.ledger();
        }
    }

    /** The moves of one kind. */
    public List<CreditLine> ledger(CreditLine.Kind kind) {
        return ledger().stream().filter(line -> line.kind() == kind).toList();
    }

    /** The sub-tasks that agents reported, as they came. */
    public List<JsonObject> subTasks() {
        synchronized (lock) {
            return market.subTasks();
        }
    }

    /** The credits that someone holds on a plan. */
    public BigInteger balance(String planId, NeverminedAccount holder) {
        synchronized (lock) {
            return market.plan(planId).balance(holder.address());
        }
    }

    /** Gives credits of a plan. */
    public void grant(String planId, NeverminedAccount holder, long credits) {
        synchronized (lock) {
            market.move(CreditLine.Kind.MINT, market.plan(planId), holder.address(), BigInteger.valueOf(credits), null);
        }
    }

    /** Ends a delegation; its tokens are refused from now on. */
    public void revokeDelegation(String delegationId) {
        synchronized (lock) {
            market.delegation(delegationId).revoke();
        }
    }

    /** How many requests the route has had, spoiled ones included. */
    public long requests(NeverminedRoute route) {
        return counts.get(route.ordinal());
    }

    private BigInteger id() {
        byte[] drawn = new byte[ID_BYTES];
        random.nextBytes(drawn);
        return new BigInteger(1, drawn).setBit(ID_BYTES * 8 - 1);
    }

    private String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /** Stops listening. Closing twice does nothing. */
    @Override
    public void close() {
        server.close();
    }
}
