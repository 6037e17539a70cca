package ai.paybond.kit.fuzz;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.paegents.client.Agreements;
import ai.paybond.kit.paegents.client.OwnerJwt;
import ai.paybond.kit.paegents.client.PaegentsApiKey;
import ai.paybond.kit.paegents.client.PaegentsClient;
import ai.paybond.kit.paegents.client.PaegentsOptions;
import ai.paybond.kit.paegents.client.PaymentMethod;
import ai.paybond.kit.paegents.client.ServiceSearch;
import ai.paybond.kit.paegents.escrow.EscrowMessage;
import ai.paybond.kit.paegents.escrow.EscrowProfile;
import ai.paybond.kit.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every reply of Paegents' API, read by the real client from a real connection. */
final class PaegentsTarget implements FuzzTarget {
    private static final int[] STATUSES = {200, 400, 403, 503};

    private static final List<Consumer<PaegentsClient>> ROUTES = List.of(
            client -> client.agreements().get("a-1"),
            client -> client.agreements().list(null, null, 10),
            client -> client.agreements().recordUsage("a-1", Agreements.Usage.of(1)),
            client -> client.escrows().activationPackage("a-1").infraFee(),
            client -> client.escrows().status("a-1").activationStatus(),
            client -> client.escrows()
                    .settlementOptions("a-1", EscrowMessage.SELLER_CLAIM)
                    .values(),
            client -> client.escrows().claimInstructions("a-1").chainId(),
            client -> client.policies().get(),
            client -> client.approvals().list(null).forEach(one -> one.amountCents()),
            client -> client.receipts().verify("r-1").receipt(),
            client -> client.receipts().list(10),
            client -> client.receipts().requirements(100, "usdc").gasWallet(),
            client -> client.catalogue().get("s-1").basePriceCents(),
            client -> client.catalogue().search(ServiceSearch.of("x")),
            client -> client.webhooks().list(),
            client -> client.webhooks().deliveries(null, 10),
            client -> client.events().list(List.of(), null, 10),
            client -> client.invites().list(),
            client -> client.metered("a-1").get("data").json(),
            client -> client.metered("a-1").usageStatus().unitsRemaining(),
            client -> client.legacy().status("t-1"),
            client -> client.limits().get(),
            client -> client.mandates().pay("i-1", "c-1", PaymentMethod.card("stripe")),
            client -> EscrowProfile.parse(client.legacy().status("t-1")));

    private volatile AnsweringServer.Answer answer = new AnsweringServer.Answer(200, new byte[0]);
    private final PaegentsClient client;

    PaegentsTarget() {
        AnsweringServer server = new AnsweringServer(path -> answer);
        client = PaegentsClient.open(PaegentsOptions.builder("agent-1", PaegentsApiKey.of("pk_test_" + "x".repeat(24)))
                .apiUrl(server.url())
                .ownerJwt(OwnerJwt.of("a.b.c"))
                .maxAttempts(1)
                .timeout(Duration.ofSeconds(5))
                .build());
    }

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        Consumer<PaegentsClient> route = ROUTES.get(input.choice(ROUTES.size()));
        answer = new AnsweringServer.Answer(STATUSES[input.choice(STATUSES.length)], input.rest());
        try {
            route.accept(client);
        } catch (PaybondException | WireException declared) {
            // what the client says it throws
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        List<String> objects = Vectors.objects("paegents", "");
        for (int i = 0; i < ROUTES.size(); i++) {
            char route = (char) ('a' + i);
            seeds.add(
                    Input.of(
                            route,
                            "a{\"id\":\"x\",\"agreement_id\":\"a-1\",\"status\":\"active\",\"total\":1,\"units_used\":1,"
                                    + "\"units_total\":2,\"price_per_unit_cents\":3,\"valid\":true,\"receipt\":{},\"services\":[{\"id\":\"s\"}]}"));
            seeds.add(Input.of(route, "a[{\"id\":\"x\",\"agreement_id\":\"a-1\",\"status\":\"active\"}]"));
            seeds.add(Input.of(route, "c{\"detail\":{\"error\":\"policy_denied\",\"message\":\"m\",\"code\":\"c\"}}"));
        }
        objects.stream().filter(json -> json.contains("chain")).limit(40).forEach(json -> {
            seeds.add(Input.of('d', "a" + json));
            seeds.add(Input.of('x', "a" + json));
        });
        return seeds;
    }
}
