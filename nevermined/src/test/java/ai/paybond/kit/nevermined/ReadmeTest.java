package ai.paybond.kit.nevermined;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolGuard;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.journal.CallJournal;
import ai.paybond.kit.journal.InMemoryCallJournal;
import ai.paybond.kit.nevermined.buyer.PaymentInterceptor;
import ai.paybond.kit.nevermined.buyer.Wallet;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import ai.paybond.kit.nevermined.http.PaidHttpHandler;
import ai.paybond.kit.nevermined.http.PaidRoute;
import ai.paybond.kit.nevermined.http.PaidRoutes;
import ai.paybond.kit.nevermined.rail.NeverminedRail;
import ai.paybond.kit.nevermined.rail.ToolPlan;
import ai.paybond.kit.wire.json.JsonObject;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every Java snippet of the README, compiled and run; the formatter may set line breaks otherwise. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("paybond.root", ".."));
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private final Shop shop = new Shop(1, 5);

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void everySnippetOfTheReadmeIsInThisTest() throws IOException {
        String test = withoutSpace(
                Files.readString(ROOT.resolve("nevermined/src/test/java/ai/paybond/kit/nevermined/ReadmeTest.java")));
        List<String> snippets = SNIPPET.matcher(Files.readString(ROOT.resolve("nevermined/README.md")))
                .results()
                .map(MatchResult::group)
                .map(snippet -> snippet.substring(7, snippet.length() - 3))
                .toList();

        assertThat(snippets).hasSize(3).allSatisfy(snippet -> assertThat(test).contains(withoutSpace(snippet)));
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String work(ToolCall call) {
        return "insight for " + call.arguments().string("topic").orElse("");
    }

    @Test
    void aToolThatIsSold() {
        shop.credits(5);
        NeverminedPayments payments = shop.seller;
        CallJournal journal = new InMemoryCallJournal();
        String planId = shop.planId;
        X402AccessToken token = shop.token();
        String callId = "call-1";
        JsonObject arguments = JsonObject.of(Map.of("topic", "evs"));

        NeverminedRail rail = NeverminedRail.builder(payments)
                .journal(journal)
                .tool("insight", ToolPlan.of(planId))
                .build();
        ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder("insight")
                .spend(SpendRule.fixed(3)) // credits
                .withoutEvidence()
                .build());
        try (ToolGuard guard = rail.guard(token, tools).build()) {
            ToolOutcome<String> outcome = guard.call(ToolCall.of("insight", callId, arguments), call -> work(call));
        }
        assertThat(shop.balance()).isEqualTo(2);
    }

    @Test
    void aRouteThatIsSoldToAClientThatPays() throws IOException {
        shop.credits(5);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI agent = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        soldBy(server);
        server.start();
        try (Response response = paying(agent)
                .newCall(new Request.Builder()
                        .url(agent + "/ask/evs")
                        .post(RequestBody.create(new byte[0], null))
                        .build())
                .execute()) {
            assertThat(response.code()).isEqualTo(200);
        } finally {
            server.stop(0);
        }
        assertThat(shop.balance()).isEqualTo(4);
    }

    private void soldBy(HttpServer server) {
        NeverminedPayments payments = shop.seller;
        Clock clock = Clock.systemUTC();
        URI publicAddress = URI.create(Shop.ADDRESS);
        String planId = shop.planId;
        String agentId = shop.agent();
        HttpHandler handler = exchange -> exchange.sendResponseHeaders(200, -1);

        PaidRoutes routes = PaidRoutes.builder(
                        ChargeDesk.builder(payments).build(), payments.schemes(clock)::resolve, publicAddress)
                .route(PaidRoute.of("POST", "/ask/:topic", planId, 1).by(agentId))
                .build();
        server.createContext("/", new PaidHttpHandler(routes, handler));
    }

    private OkHttpClient paying(URI agent) {
        NeverminedPayments payments = shop.buyer;
        String delegationId = shop.poorDelegation();
        String planId = shop.planId;

        Wallet wallet = Wallet.builder(payments.x402(), delegationId, BigInteger.valueOf(50))
                .pays(agent, planId)
                .build();
        OkHttpClient client =
                PaymentInterceptor.install(wallet, new OkHttpClient.Builder()).build();
        return client;
    }
}
