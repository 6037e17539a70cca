package ai.paybond.kit.sandbox.paegents;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The chain that the sandbox's escrow lives on: balances, allowances and nonces of one token, and how long a transaction takes.
 * The dials may be turned at any time. Amounts are in the token's smallest unit, addresses are text in any case. Thread-safe.
 */
public final class SimulatedChain {
    /** Base Sepolia. */
    public static final long CHAIN_ID = 84532;

    /** USDC there. */
    public static final String TOKEN = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";

    /** The escrow, of this sandbox's own making. */
    public static final String ESCROW = "0x5a4db0c5e5c205c0ff01a1c7ed0d0b0000e5c20e";

    /** Who collects the platform's fee. */
    public static final String GAS_WALLET = "0x00000000000000000000000000000000fee0fee0";

    private final Map<String, BigInteger> balances = new HashMap<>();
    private final Map<String, BigInteger> allowances = new HashMap<>();
    private final Map<String, BigInteger> permitNonces = new HashMap<>();
    private final Set<String> usedAuthorizations = new HashSet<>();
    private final Set<String> sanctioned = new HashSet<>();
    private Duration submitDelay = Duration.ofSeconds(4);
    private Duration confirmDelay = Duration.ofSeconds(16);
    private boolean stuck;
    private boolean failing;
    private boolean payoutsLeftToClaims;

    /** Gives an address this much more. */
    public synchronized void mint(String address, BigInteger amount) {
        balances.merge(key(address), amount, BigInteger::add);
    }

    public synchronized BigInteger balance(String address) {
        return balances.getOrDefault(key(address), BigInteger.ZERO);
    }

    /** Lets a spender take up to this much from the owner, as the owner's own transaction would. */
    public synchronized void approve(String owner, String spender, BigInteger amount) {
        allowances.put(key(owner) + key(spender), amount);
    }

    public synchronized BigInteger allowance(String owner, String spender) {
        return allowances.getOrDefault(key(owner) + key(spender), BigInteger.ZERO);
    }

    /** The token's {@code nonces(owner)}. */
    public synchronized BigInteger permitNonce(String owner) {
        return permitNonces.getOrDefault(key(owner), BigInteger.ZERO);
    }

    /** Puts a permit into force whose signature is known to be good. Returns false for another nonce than the next. */
    public synchronized boolean permit(String owner, String spender, BigInteger value, BigInteger nonce) {
        if (!permitNonce(owner).equals(nonce)) {
            return false;
        }
        permitNonces.put(key(owner), nonce.add(BigInteger.ONE));
        approve(owner, spender, value);
        return true;
    }

    /** Moves tokens by an allowance. Returns false when allowance or balance do not reach. */
    public synchronized boolean transferFrom(String owner, String spender, String receiver, BigInteger amount) {
        BigInteger left = allowance(owner, spender).subtract(amount);
        if (left.signum() < 0 || !transfer(owner, receiver, amount)) {
            return false;
        }
        approve(owner, spender, left);
        return true;
    }

    /** Moves tokens. Returns false when the balance does not reach. */
    public synchronized boolean transfer(String from, String to, BigInteger amount) {
        BigInteger left = balance(from).subtract(amount);
        if (left.signum() < 0) {
            return false;
        }
        balances.put(key(from), left);
        mint(to, amount);
        return true;
    }

    /** Uses up the nonce of an authorization. Returns false when it was used before. */
    public synchronized boolean useAuthorization(String authorizer, String nonce) {
        return usedAuthorizations.add(key(authorizer) + key(nonce));
    }

    public synchronized boolean isAuthorizationUsed(String authorizer, String nonce) {
        return usedAuthorizations.contains(key(authorizer) + key(nonce));
    }

    /**
     * How long a transaction takes until it has a hash, and until it is confirmed; 4 s and 16 s by default, by the sandbox's
     * clock.
     */
    public synchronized void delays(Duration untilHash, Duration untilConfirmed) {
        this.submitDelay = untilHash;
        this.confirmDelay = untilConfirmed;
    }

    public synchronized Duration submitDelay() {
        return submitDelay;
    }

    public synchronized Duration confirmDelay() {
        return confirmDelay;
    }

    /** Leaves activations without a transaction for as long as it is set. */
    public synchronized void stuck(boolean newStuck) {
        this.stuck = newStuck;
    }

    public synchronized boolean isStuck() {
        return stuck;
    }

    /** Lets activations be reverted for as long as it is set. */
    public synchronized void failing(boolean newFailing) {
        this.failing = newFailing;
    }

    public synchronized boolean isFailing() {
        return failing;
    }

    /** Pays sellers only when they claim, instead of by itself, for as long as it is set. */
    public synchronized void payoutsLeftToClaims(boolean left) {
        this.payoutsLeftToClaims = left;
    }

    public synchronized boolean isPayoutLeftToClaim() {
        return payoutsLeftToClaims;
    }

    /** Puts an address on the sanctions list. */
    public synchronized void sanction(String address) {
        sanctioned.add(key(address));
    }

    public synchronized boolean isSanctioned(String address) {
        return sanctioned.contains(key(address));
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
