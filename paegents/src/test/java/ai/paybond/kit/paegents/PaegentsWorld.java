package ai.paybond.kit.paegents;

import ai.paybond.kit.paegents.activation.ActivationFlow;
import ai.paybond.kit.paegents.activation.ActivationOrder;
import ai.paybond.kit.paegents.activation.ActivationOutcome;
import ai.paybond.kit.paegents.client.Agreement;
import ai.paybond.kit.paegents.client.AgreementRequest;
import ai.paybond.kit.paegents.client.Catalogue.Service;
import ai.paybond.kit.paegents.client.OwnerJwt;
import ai.paybond.kit.paegents.client.PaegentsApiKey;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.client.PaegentsOptions;
import ai.paybond.kit.paegents.client.ServiceRegistration;
import ai.paybond.kit.paegents.escrow.ActivationTerms;
import ai.paybond.kit.paegents.escrow.EscrowProfile;
import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmPrivateKey;
import ai.paybond.kit.paegents.usdc.UsdcToken;
import ai.paybond.kit.sandbox.paegents.PaegentsAgent;
import ai.paybond.kit.sandbox.paegents.PaegentsSandbox;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sandbox, a buyer with money and a seller with a service, over real HTTP, in time that stands still. */
public final class PaegentsWorld implements AutoCloseable {
    public static final EvmPrivateKey BUYER_KEY = EvmPrivateKey.parse("0x" + "11".repeat(32));
    public static final EvmPrivateKey SELLER_KEY = EvmPrivateKey.parse("0x" + "22".repeat(32));
    public static final EvmAddress ESCROW = EvmAddress.parse(SimulatedChain.ESCROW);
    public static final EvmAddress GAS_WALLET = EvmAddress.parse(SimulatedChain.GAS_WALLET);
    public static final UsdcToken TOKEN = UsdcToken.BASE_SEPOLIA;
    public static final BigInteger FUNDS = BigInteger.valueOf(10_000_000_000L);

    public final MovableClock clock = new MovableClock();
    public final PaegentsSandbox sandbox;
    public final EscrowProfile profile;
    public final PaegentsClient buyer;
    public final PaegentsClient seller;

    public PaegentsWorld() {
        this(null);
    }

    /** As another clock has it, by which {@link #clock} does not go. */
    public PaegentsWorld(@Nullable Clock other) {
        sandbox = PaegentsSandbox.builder().clock(other == null ? clock : other).start();
        profile = EscrowProfile.parse(sandbox.profile());
        buyer = PaegentsClient.open(options(sandbox.buyer()).build());
        seller = PaegentsClient.open(options(sandbox.seller()).build());
        String wallet = BUYER_KEY.address().checksummed();
        sandbox.chain().mint(wallet, FUNDS);
        sandbox.chain().approve(wallet, SimulatedChain.ESCROW, FUNDS);
    }

    /** Waiting moves the clock. */
    public PaegentsOptions.Builder options(PaegentsAgent agent) {
        return PaegentsOptions.builder(agent.id(), PaegentsApiKey.of(agent.apiKey()))
                .apiUrl(sandbox.baseUrl())
                .clock(clock)
                .pause(clock::advance);
    }

    public OwnerJwt ownerJwt() {
        return OwnerJwt.of(sandbox.buyer().ownerJwt());
    }

    /** A service that accepts by itself. */
    public Service service(String name) {
        return seller.catalogue().register(registration(name, true).build());
    }

    public Service service(String name, URI endpoint) {
        return seller.catalogue()
                .register(registration(name, true)
                        .endpoint(endpoint, "seller-secret")
                        .build());
    }

    public ServiceRegistration.Builder registration(String name, boolean selfService) {
        return ServiceRegistration.perUnit(name, "text", "api_calls", 10)
                .metadata(JsonObject.builder()
                        .put("self_service", selfService)
                        .put("wallet", SELLER_KEY.address().checksummed())
                        .build());
    }

    public AgreementRequest.Builder request(Service service, long quantity) {
        return AgreementRequest.builder(sandbox.seller().id(), service.id())
                .units(quantity, "api_calls", 10)
                .buyerWallet(BUYER_KEY.address());
    }

    public Agreement agreement(long quantity) {
        return buyer.agreements()
                .create(request(service("Text"), quantity).build())
                .orThrow();
    }

    /** What the buyer means to sign for an agreement of so many units. */
    public ActivationTerms terms(long quantity) {
        return new ActivationTerms(
                TOKEN,
                Set.of(ESCROW),
                SELLER_KEY.address(),
                BigInteger.valueOf(quantity),
                BigInteger.valueOf(100_000),
                Duration.ofHours(2),
                Duration.ofDays(2));
    }

    /** Activates an agreement of so many units. */
    public ActivationOutcome activate(Agreement agreement, long quantity) {
        return ActivationFlow.builder(buyer, BUYER_KEY, profile, owner -> permitNonce())
                .clock(clock)
                .pause(clock::advance)
                .build()
                .run(ActivationOrder.of(agreement.id(), terms(quantity), GAS_WALLET, BigInteger.valueOf(5_000_000)));
    }

    public BigInteger permitNonce() {
        return sandbox.chain().permitNonce(BUYER_KEY.address().checksummed());
    }

    @Override
    public void close() {
        buyer.close();
        seller.close();
        sandbox.close();
    }
}
