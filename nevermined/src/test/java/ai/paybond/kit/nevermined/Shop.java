package ai.paybond.kit.nevermined;

import ai.paybond.kit.nevermined.AgentRegistration.Endpoint;
import ai.paybond.kit.sandbox.nevermined.CreditLine;
import ai.paybond.kit.sandbox.nevermined.NeverminedAccount;
import ai.paybond.kit.sandbox.nevermined.NeverminedSandbox;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/** A seller and a buyer at a sandbox, with one plan and one agent between them. */
public final class Shop implements AutoCloseable {
    public static final String ADDRESS = "https://agent.test";
    private static final String WALLET = "0x3333333333333333333333333333333333333333";

    public final NeverminedSandbox sandbox = NeverminedSandbox.start();
    public final NeverminedPayments seller = open(sandbox.seller(), Duration.ofSeconds(20));
    public final NeverminedPayments buyer = open(sandbox.buyer(), Duration.ofSeconds(20));
    public final String planId;

    /** A plan of a hundred credits whose calls burn this many. */
    public Shop(int least, int most) {
        CreditsConfig credits = least == most
                ? CreditsConfig.fixed(BigInteger.valueOf(100), BigInteger.valueOf(least))
                : CreditsConfig.dynamic(BigInteger.valueOf(100), BigInteger.valueOf(least), BigInteger.valueOf(most));
        this.planId = seller.plans()
                .register(PlanRegistration.named(
                        "Basic",
                        PriceConfig.erc20(PriceConfig.ZERO_ADDRESS, BigInteger.valueOf(2_000_000), WALLET),
                        credits));
    }

    /** A shop that sells for one credit a call. */
    public static Shop fixed() {
        return new Shop(1, 1);
    }

    public NeverminedPayments open(NeverminedAccount account, Duration timeout) {
        return NeverminedPayments.open(NeverminedOptions.of(
                        NeverminedApiKey.of(account.apiKey()), NeverminedEnvironment.custom(sandbox.baseUrl()))
                .withTimeout(timeout));
    }

    public String agent(Endpoint... endpoints) {
        return seller.agents().register(AgentRegistration.named("Agent", List.of(endpoints)), List.of(planId));
    }

    /** A delegation that cannot buy anything, so that credits run out. */
    public String poorDelegation() {
        return delegation(1);
    }

    public String delegation(long cents) {
        return buyer.delegations()
                .create(DelegationRequest.crypto(cents, Duration.ofHours(1), "usdc"))
                .delegationId();
    }

    public X402AccessToken token() {
        return buyer.x402().mint(new TokenRequest(planId, null, scheme(), poorDelegation(), null));
    }

    public PaymentScheme scheme() {
        return PaymentScheme.crypto(seller.options().environment());
    }

    public PaymentRequired required() {
        return PaymentRequired.forPlan(planId, scheme()).endpoint("tool").build();
    }

    public Shop credits(long credits) {
        sandbox.grant(planId, sandbox.buyer(), credits);
        return this;
    }

    public BigInteger balance() {
        return sandbox.balance(planId, sandbox.buyer());
    }

    public List<CreditLine> burns() {
        return sandbox.ledger(CreditLine.Kind.BURN);
    }

    @Override
    public void close() {
        seller.close();
        buyer.close();
        sandbox.close();
    }
}
