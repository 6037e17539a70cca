package ai.paybond.kit.examples.nevermined;

import ai.paybond.kit.nevermined.AgentRegistration;
import ai.paybond.kit.nevermined.AgentRegistration.Endpoint;
import ai.paybond.kit.nevermined.Agents.RegisteredAgent;
import ai.paybond.kit.nevermined.CreditsConfig;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.NeverminedOptions;
import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.nevermined.PlanRegistration;
import ai.paybond.kit.nevermined.PriceConfig;
import ai.paybond.kit.sandbox.nevermined.NeverminedAccount;
import ai.paybond.kit.sandbox.nevermined.NeverminedSandbox;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;

/** A seller with a plan and an agent, and a buyer, at a sandbox. */
final class Market implements AutoCloseable {
    static final URI AGENT_HOST = URI.create("https://example.com");

    final NeverminedSandbox sandbox = NeverminedSandbox.start();
    final NeverminedPayments seller = open(sandbox.seller());
    final NeverminedPayments buyer = open(sandbox.buyer());
    final RegisteredAgent agent;

    /** @param most the most credits a call burns; the least is one */
    Market(int most) {
        CreditsConfig credits = most == 1
                ? CreditsConfig.fixed(BigInteger.valueOf(100), BigInteger.ONE)
                : CreditsConfig.dynamic(BigInteger.valueOf(100), BigInteger.ONE, BigInteger.valueOf(most));
        PriceConfig price = PriceConfig.erc20(
                PriceConfig.ZERO_ADDRESS, BigInteger.valueOf(5_000_000), "0x3333333333333333333333333333333333333333");
        this.agent = seller.agents()
                .register(
                        AgentRegistration.named("Agent", List.of(new Endpoint("POST", AGENT_HOST + "/prompt"))),
                        PlanRegistration.named("Basic", price, credits));
    }

    private NeverminedPayments open(NeverminedAccount account) {
        return NeverminedPayments.open(NeverminedOptions.of(
                NeverminedApiKey.of(account.apiKey()), NeverminedEnvironment.custom(sandbox.baseUrl())));
    }

    void buy() {
        buyer.plans().order(agent.planId());
    }

    BigInteger credits() {
        return sandbox.balance(agent.planId(), sandbox.buyer());
    }

    @Override
    public void close() {
        seller.close();
        buyer.close();
        sandbox.close();
    }
}
