package ai.paybond.kit.fuzz;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.nevermined.AgentRegistration;
import ai.paybond.kit.nevermined.DelegationRequest;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.NeverminedOptions;
import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.nevermined.PageQuery;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.SettleRequest;
import ai.paybond.kit.nevermined.TokenRequest;
import ai.paybond.kit.nevermined.VerifyRequest;
import ai.paybond.kit.nevermined.X402AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every reply of Nevermined's backend, read by the real client from a real connection. */
final class NeverminedTarget implements FuzzTarget {
    private static final int[] STATUSES = {200, 400, 402, 503};
    private static final String PLAN = "1234567890";
    private static final String HOLDER = "0x" + "ab".repeat(20);
    private static final PaymentScheme SCHEME = PaymentScheme.crypto(NeverminedEnvironment.SANDBOX);
    private static final PaymentRequired REQUIRED = PaymentRequired.forPlan(PLAN, SCHEME)
            .endpoint("https://x.example/y")
            .build();
    private static final X402AccessToken TOKEN = X402AccessToken.of("dG9rZW4");

    private static final List<Consumer<NeverminedPayments>> ROUTES = List.of(
            client -> client.facilitator().verify(new VerifyRequest(REQUIRED, TOKEN, null)),
            client -> client.facilitator().settle(new SettleRequest(REQUIRED, TOKEN, null, null, null, null)),
            client -> client.x402()
                    .mint(new TokenRequest(PLAN, null, SCHEME, "d-1", null))
                    .decode(),
            client -> client.delegations().list(),
            client -> client.delegations().create(DelegationRequest.crypto(100, Duration.ofHours(1), "usdc")),
            client -> client.plans().get(PLAN),
            client -> client.plans().list(PageQuery.first()),
            client -> client.plans().order(PLAN).transactionHash(),
            client -> client.plans().balance(PLAN, HOLDER).balance(),
            client -> client.agents().get(PLAN),
            client -> client.agents().list(PageQuery.first()),
            client -> client.agents().register(AgentRegistration.named("a", List.of()), List.of(PLAN)),
            client -> client.schemes(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)).resolve(PLAN));

    private volatile AnsweringServer.Answer answer = new AnsweringServer.Answer(200, new byte[0]);
    private final NeverminedPayments client;

    NeverminedTarget() {
        AnsweringServer server = new AnsweringServer(path -> answer);
        client = NeverminedPayments.open(
                NeverminedOptions.of(NeverminedApiKey.of("sandbox:abc"), NeverminedEnvironment.custom(server.url()))
                        .withTimeout(Duration.ofSeconds(5)));
    }

    @Override
    public void run(byte[] bytes) {
        Input input = new Input(bytes);
        Consumer<NeverminedPayments> route = ROUTES.get(input.choice(ROUTES.size()));
        answer = new AnsweringServer.Answer(STATUSES[input.choice(STATUSES.length)], input.rest());
        try {
            route.accept(client);
        } catch (PaybondException declared) {
            // what the client says it throws
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seed(seeds, 'a', "nevermined-verify");
        seed(seeds, 'b', "nevermined-settle");
        seed(seeds, 'c', "nevermined-token-request");
        seed(seeds, 'd', "nevermined-delegation");
        seed(seeds, 'e', "nevermined-delegation");
        seed(seeds, 'm', "nevermined-registration");
        for (int i = 5; i < ROUTES.size(); i++) {
            seeds.add(Input.of(
                    (char) ('a' + i),
                    "a{\"success\":true,\"txHash\":\"0x1\",\"balance\":\"12\",\"total\":1,\"plans\":[{}],"
                            + "\"agents\":[{}],\"data\":{\"agentId\":\"1\"},\"agentId\":\"1\",\"planId\":\"1\"}"));
            seeds.add(Input.of((char) ('a' + i), "b{\"code\":\"BCK.1\",\"message\":\"m\",\"hint\":\"h\"}"));
        }
        return seeds;
    }

    private static void seed(List<byte[]> seeds, char route, String file) {
        Vectors.objects("nevermined", file).stream().limit(60).forEach(json -> seeds.add(Input.of(route, "a" + json)));
    }
}
