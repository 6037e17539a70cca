package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.paegents.Pause;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.AgreementRequest;
import ai.paybond.kit.paegents.client.Catalogue.Service;
import ai.paybond.kit.paegents.client.OwnerJwt;
import ai.paybond.kit.paegents.client.PaegentsApiKey;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.client.PaegentsOptions;
import ai.paybond.kit.paegents.client.ServiceRegistration;
import ai.paybond.kit.paegents.escrow.EscrowProfile;
import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.sandbox.paegents.PaegentsAgent;
import ai.paybond.kit.sandbox.paegents.PaegentsSandbox;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/** A sandbox with a buyer who has money on the chain, a seller and the buyer's owner. The keys are for tests. */
public final class PaegentsMarket implements AutoCloseable {
    /** The price of a unit, in cents. */
    public static final long PRICE_CENTS = 10;

    private static final BigInteger FUNDS = BigInteger.valueOf(1_000_000_000);

    private final Clock clock;
    private final Pause pause;
    private final PaegentsSandbox sandbox;
    private final PaegentsClient buyer;
    private final PaegentsClient seller;

    private PaegentsMarket(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
        this.sandbox = PaegentsSandbox.builder().clock(clock).start();
        this.buyer = client(sandbox.buyer());
        this.seller = client(sandbox.seller());
        String wallet = buyerWallet().address().checksummed();
        sandbox.chain().mint(wallet, FUNDS);
        sandbox.chain().approve(wallet, SimulatedChain.ESCROW, FUNDS);
    }

    /** In real time, on a chain that takes two seconds. */
    public static PaegentsMarket open() {
        PaegentsMarket market = new PaegentsMarket(Clock.systemUTC(), Pause.sleeping());
        market.sandbox.chain().delays(Duration.ofSeconds(1), Duration.ofSeconds(2));
        return market;
    }

    /** In a time of one's own; waiting must let it pass. */
    public static PaegentsMarket open(Clock clock, Pause pause) {
        return new PaegentsMarket(clock, pause);
    }

    private PaegentsClient client(PaegentsAgent agent) {
        return PaegentsClient.open(PaegentsOptions.builder(agent.id(), PaegentsApiKey.of(agent.apiKey()))
                .apiUrl(sandbox.baseUrl())
                .clock(clock)
                .pause(pause)
                .build());
    }

    /** The buyer's agent. */
    public PaegentsClient buyer() {
        return buyer;
    }

    /** The seller's agent. */
    public PaegentsClient seller() {
        return seller;
    }

    /** The buyer's agent with its owner's word. */
    public PaegentsClient owner() {
        return buyer.withOwner(OwnerJwt.of(sandbox.buyer().ownerJwt()));
    }

    public PaegentsSandbox sandbox() {
        return sandbox;
    }

    public Clock clock() {
        return clock;
    }

    public Pause pause() {
        return pause;
    }

    /** The layout that this sandbox's escrow signs under; Paegents' own has to be had from Paegents. */
    public EscrowProfile profile() {
        return EscrowProfile.parse(sandbox.profile());
    }

    public EvmPrivateKey buyerWallet() {
        return EvmPrivateKey.parse("11".repeat(32));
    }

    public EvmPrivateKey sellerWallet() {
        return EvmPrivateKey.parse("22".repeat(32));
    }

    /** The token contract's {@code nonces(buyer)}, which an agent on a real chain asks a node for. */
    public BigInteger permitNonce() {
        return sandbox.chain().permitNonce(buyerWallet().address().checksummed());
    }

    /** A service in the catalogue, which accepts by itself or is asked each time. */
    public Service offer(String name, URI endpoint, boolean selfService) {
        JsonObject metadata = JsonObject.builder()
                .put("self_service", selfService)
                .put("wallet", sellerWallet().address().checksummed())
                .build();
        return seller.catalogue()
                .register(ServiceRegistration.perUnit(name, "text", "api_calls", PRICE_CENTS)
                        .endpoint(endpoint, "the-sellers-own-key")
                        .metadata(metadata)
                        .build());
    }

    /** The buyer's proposal for so many units of a service. */
    public AgreementRequest proposal(Service service, long quantity) {
        return AgreementRequest.builder(sandbox.seller().id(), service.id())
                .units(quantity, "api_calls", PRICE_CENTS)
                .buyerWallet(buyerWallet().address())
                .build();
    }

    /** An agreement that is active on the chain. */
    public Agreement activeAgreement(Service service, long quantity) {
        Agreement agreement =
                buyer.agreements().create(proposal(service, quantity)).orThrow();
        new EscrowPurchase(this).activate(agreement, quantity);
        return buyer.agreements().get(agreement.id());
    }

    @Override
    public void close() {
        buyer.close();
        seller.close();
        sandbox.close();
    }
}
