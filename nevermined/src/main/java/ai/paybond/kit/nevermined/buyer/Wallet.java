package ai.paybond.kit.nevermined.buyer;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.nevermined.PaymentRequired.Accepted;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.TokenRequest;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.X402Tokens;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a buyer pays for, and how far. Pays only plans that were named, and only to servers that were named with them: an access token is
 * a bearer secret, and a 402 can be answered by anyone. A call's price is told afterwards, in its receipt; so the budget counts what
 * receipts say, takes each running call for the dearest one so far, and stops before it could be passed. Thread-safe.
 */
public final class Wallet {
    private final Function<TokenRequest, X402AccessToken> mint;
    private final String delegationId;
    private final BigInteger maxCredits;
    private final int maxCalls;
    private final Map<String, Set<String>> plansByOrigin;
    private final Map<Accepted, X402AccessToken> tokens = new HashMap<>();
    private final List<SettlementReceipt> receipts = new ArrayList<>();
    private BigInteger spent = BigInteger.ZERO;
    private BigInteger dearest = BigInteger.ONE;
    private int calls;
    private int running;

    private Wallet(Builder parts) {
        this.mint = parts.mint;
        this.delegationId = parts.delegationId;
        this.maxCredits = parts.maxCredits;
        this.maxCalls = parts.maxCalls;
        this.plansByOrigin = new HashMap<>(parts.plansByOrigin);
    }

    /**
     * @param tokens mints under the buyer's key
     * @param delegationId what tokens spend from; its own limit is the last line
     * @param maxCredits the credits that this wallet pays at most
     */
    public static Builder builder(X402Tokens tokens, String delegationId, BigInteger maxCredits) {
        return new Builder(tokens::mint, delegationId, maxCredits);
    }

    /** Whether anything may be paid to a server. */
    boolean knows(String origin) {
        return plansByOrigin.containsKey(origin);
    }

    /** A token for the first way of paying that this wallet takes, counted as a running call; empty if it takes none. */
    Optional<X402AccessToken> pay(String origin, List<Accepted> accepts) {
        Set<String> plans = plansByOrigin.getOrDefault(origin, Set.of());
        Optional<Accepted> chosen = accepts.stream()
                .filter(accepted -> plans.contains(accepted.planId()))
                .findFirst();
        return chosen.isPresent() && begin() ? Optional.of(token(chosen.get())) : Optional.empty();
    }

    private synchronized boolean begin() {
        BigInteger promised = dearest.multiply(BigInteger.valueOf(running + 1L));
        if (calls >= maxCalls || spent.add(promised).compareTo(maxCredits) > 0) {
            return false;
        }
        calls++;
        running++;
        return true;
    }

    private X402AccessToken token(Accepted accepted) {
        Accepted key = new Accepted(
                accepted.scheme(), accepted.planId(), accepted.extra().without("httpVerb"));
        synchronized (tokens) {
            X402AccessToken known = tokens.get(key);
            return known != null ? known : minted(key);
        }
    }

    private X402AccessToken minted(Accepted key) {
        try {
            X402AccessToken token = mint.apply(new TokenRequest(
                    key.planId(), key.extra().string("agentId").orElse(null), key.scheme(), delegationId, null));
            tokens.put(key, token);
            return token;
        } catch (RuntimeException e) {
            end(Optional.empty());
            throw e;
        }
    }

    /** The call is over. Without a receipt it counts as one that cost nothing. */
    synchronized void end(Optional<SettlementReceipt> receipt) {
        running--;
        receipt.ifPresent(given -> {
            BigInteger credits = given.creditsRedeemed().orElse(dearest);
            spent = spent.add(credits);
            dearest = dearest.max(credits);
            receipts.add(given);
        });
    }

    /** A server refused a token that was minted earlier; the next call gets a new one. */
    void forget(X402AccessToken refused) {
        synchronized (tokens) {
            tokens.values().removeIf(refused::equals);
        }
    }

    /** The credits that receipts say were burned. */
    public synchronized BigInteger spent() {
        return spent;
    }

    /** What servers gave for paid calls, oldest first. A server may lie about these; the plan's balance is the truth. */
    public synchronized List<SettlementReceipt> receipts() {
        return List.copyOf(receipts);
    }

    /** Collects what may be paid. Not thread-safe. */
    public static final class Builder {
        private final Function<TokenRequest, X402AccessToken> mint;
        private final String delegationId;
        private final BigInteger maxCredits;
        private final Map<String, Set<String>> plansByOrigin = new HashMap<>();
        private int maxCalls = 1_000;

        private Builder(Function<TokenRequest, X402AccessToken> mint, String delegationId, BigInteger maxCredits) {
            this.mint = Objects.requireNonNull(mint, "mint");
            this.delegationId = Objects.requireNonNull(delegationId, "delegationId");
            this.maxCredits = Objects.requireNonNull(maxCredits, "maxCredits");
        }

        /**
         * Pays this plan to this server.
         *
         * @param server scheme, host and port; the rest of the address does not count
         */
        public Builder pays(URI server, String planId) {
            plansByOrigin
                    .computeIfAbsent(origin(server), key -> new HashSet<>())
                    .add(planId);
            return this;
        }

        /** How many calls are paid at most, whatever they cost; 1,000 by default. */
        public Builder maxCalls(int calls) {
            this.maxCalls = calls;
            return this;
        }

        /** @throws ConfigurationException {@code wallet.empty} if no plan and server was named */
        public Wallet build() {
            if (plansByOrigin.isEmpty()) {
                throw new ConfigurationException("wallet.empty", "a wallet pays only what it is told to pay");
            }
            return new Wallet(this);
        }
    }

    static String origin(URI address) {
        int port = address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
        return address.getScheme() + "://" + address.getHost() + ":" + port;
    }
}
