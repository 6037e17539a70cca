package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.paegents.client.AgentPolicy;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.AgreementRequest;
import ai.paybond.kit.paegents.client.Approvals.Approval;
import ai.paybond.kit.paegents.client.Catalogue.Service;
import ai.paybond.kit.paegents.client.PolicyDeniedException;
import ai.paybond.kit.paegents.client.Submission;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;

/** Workflow 5: an owner sets limits, the agent runs into one, the owner decides, and the agent goes on or not. */
public final class PolicyOversight {
    private static final System.Logger LOG = System.getLogger(PolicyOversight.class.getName());

    private final PaegentsMarket market;

    public PolicyOversight(PaegentsMarket market) {
        this.market = market;
    }

    public static void main(String[] args) {
        try (PaegentsMarket market = PaegentsMarket.open()) {
            LOG.log(Level.INFO, "{0}", new PolicyOversight(market).run(true));
        }
    }

    /** The agreement, if the owner approves. */
    public Optional<Agreement> run(boolean approves) {
        market.owner()
                .policies()
                .update(AgentPolicy.unrestricted()
                        .approvalFrom(2_000)
                        .rails("card", "stablecoin")
                        .dailyLimit(10_000));
        Service service = market.offer("Translation", URI.create("https://seller.example/api"), true);
        AgreementRequest purchase = market.proposal(service, 300);
        Submission<Agreement> first = market.buyer().agreements().create(purchase);
        if (first.needsApproval()) {
            decide(approves);
        }
        return again(purchase);
    }

    private void decide(boolean approves) {
        Approval waiting = market.owner().approvals().list("pending").get(0);
        if (approves) {
            market.owner().approvals().approve(waiting.id());
        } else {
            market.owner().approvals().reject(waiting.id(), "too expensive");
        }
    }

    private Optional<Agreement> again(AgreementRequest purchase) {
        try {
            return market.buyer().agreements().create(purchase).result();
        } catch (PolicyDeniedException e) {
            return Optional.empty();
        }
    }
}
