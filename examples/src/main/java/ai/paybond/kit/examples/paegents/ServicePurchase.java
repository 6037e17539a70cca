package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.Catalogue.SearchPage;
import ai.paybond.kit.paegents.client.Catalogue.Service;
import ai.paybond.kit.paegents.client.ServiceSearch;
import java.lang.System.Logger.Level;
import java.net.URI;

/** Workflow 1: a seller offers a service, a buyer finds it and proposes an agreement, and the seller accepts. */
public final class ServicePurchase {
    private static final System.Logger LOG = System.getLogger(ServicePurchase.class.getName());

    private final PaegentsMarket market;

    public ServicePurchase(PaegentsMarket market) {
        this.market = market;
    }

    public static void main(String[] args) {
        try (PaegentsMarket market = PaegentsMarket.open()) {
            LOG.log(Level.INFO, "{0}", new ServicePurchase(market).run());
        }
    }

    /** The accepted agreement. */
    public Agreement run() {
        market.offer("Translation", URI.create("https://seller.example/api"), false);
        SearchPage found = market.buyer()
                .catalogue()
                .search(ServiceSearch.of("translation").upTo(20));
        Service service = found.services().get(0);
        Agreement proposed = market.buyer()
                .agreements()
                .create(market.proposal(service, 100))
                .orThrow();
        return market.seller().agreements().accept(proposed.id());
    }
}
