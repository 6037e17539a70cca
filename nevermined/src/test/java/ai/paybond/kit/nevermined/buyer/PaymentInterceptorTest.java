package ai.paybond.kit.nevermined.buyer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.Shop;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.sandbox.nevermined.NeverminedRoute;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentInterceptorTest {
    private final Shop shop = Shop.fixed();
    private final MockWebServer agent = new MockWebServer();
    private final MockWebServer stranger = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        agent.start();
        stranger.start();
    }

    @AfterEach
    void stop() {
        agent.close();
        stranger.close();
        shop.close();
    }

    private Wallet wallet(long credits) {
        return Wallet.builder(shop.buyer.x402(), shop.poorDelegation(), BigInteger.valueOf(credits))
                .pays(agent.url("/").uri(), shop.planId)
                .build();
    }

    private static OkHttpClient client(Wallet wallet) {
        return PaymentInterceptor.install(wallet, new OkHttpClient.Builder()).build();
    }

    private MockResponse demand() {
        return new MockResponse.Builder()
                .code(402)
                .addHeader(PaymentRequired.HEADER, shop.required().toHeader())
                .build();
    }

    private static MockResponse paid(int credits) {
        JsonObject receipt = JsonObject.of(Map.of("success", true, "creditsRedeemed", Integer.toString(credits)));
        return new MockResponse.Builder()
                .addHeader(SettlementReceipt.HEADER, new SettlementReceipt(receipt).toHeader())
                .body("done")
                .build();
    }

    private int get(OkHttpClient client) throws IOException {
        try (Response response = client.newCall(
                        new Request.Builder().url(agent.url("/ask")).build())
                .execute()) {
            return response.code();
        }
    }

    @Test
    void answersA402WithATokenOnce() throws Exception {
        agent.enqueue(demand());
        agent.enqueue(paid(1));
        Wallet wallet = wallet(10);

        assertThat(get(client(wallet))).isEqualTo(200);

        assertThat(agent.takeRequest().getHeaders().get(X402AccessToken.HEADER)).isNull();
        assertThat(agent.takeRequest().getHeaders().get(X402AccessToken.HEADER)).isNotNull();
        assertThat(wallet.spent()).isEqualTo(1);
        assertThat(wallet.receipts()).hasSize(1);
    }

    @Test
    void givesBackASecond402() throws Exception {
        agent.enqueue(demand());
        agent.enqueue(demand());

        assertThat(get(client(wallet(10)))).isEqualTo(402);
        assertThat(agent.getRequestCount()).isEqualTo(2);
    }

    @Test
    void mintsOncePerPlan() throws Exception {
        OkHttpClient client = client(wallet(10));
        for (int i = 0; i < 2; i++) {
            agent.enqueue(demand());
            agent.enqueue(paid(1));
            get(client);
        }

        assertThat(shop.sandbox.requests(NeverminedRoute.CREATE_PERMISSION)).isEqualTo(1);
    }

    @Test
    void stopsBeforeTheBudgetIsPassed() throws Exception {
        Wallet wallet = wallet(5);
        OkHttpClient client = client(wallet);
        agent.enqueue(demand());
        agent.enqueue(paid(3));
        get(client);
        agent.enqueue(demand());

        assertThat(get(client)).isEqualTo(402);
        assertThat(agent.getRequestCount()).isEqualTo(3);
        assertThat(wallet.spent()).isEqualTo(3);
    }

    @Test
    void paysNoPlanThatWasNotNamed() throws Exception {
        Wallet other = Wallet.builder(shop.buyer.x402(), "del-1", BigInteger.TEN)
                .pays(agent.url("/").uri(), "12345")
                .build();
        agent.enqueue(demand());

        assertThat(get(client(other))).isEqualTo(402);
        assertThat(agent.getRequestCount()).isEqualTo(1);
    }

    @Test
    void paysNoServerThatWasNotNamed() throws Exception {
        Wallet wallet = Wallet.builder(shop.buyer.x402(), shop.poorDelegation(), BigInteger.TEN)
                .pays(stranger.url("/").uri(), shop.planId)
                .build();
        agent.enqueue(demand());

        assertThat(get(client(wallet))).isEqualTo(402);
        assertThat(shop.sandbox.requests(NeverminedRoute.CREATE_PERMISSION)).isZero();
    }

    @Test
    void sendsNoTokenAfterARedirectToAStranger() throws Exception {
        agent.enqueue(demand());
        agent.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", stranger.url("/steal").toString())
                .build());
        stranger.enqueue(new MockResponse.Builder().body("thanks").build());

        get(client(wallet(10)));

        RecordedRequest stolen = stranger.takeRequest();
        assertThat(stolen.getHeaders().get(X402AccessToken.HEADER)).isNull();
    }

    @Test
    void leavesARequestAloneWhoseBodyCannotBeSentTwice() throws Exception {
        agent.enqueue(demand());
        RequestBody once = new RequestBody() {
            @Override
            public okhttp3.MediaType contentType() {
                return null;
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8("once");
            }
        };
        Request request =
                new Request.Builder().url(agent.url("/ask")).post(once).build();

        try (Response response = client(wallet(10)).newCall(request).execute()) {
            assertThat(response.code()).isEqualTo(402);
        }
        assertThat(agent.getRequestCount()).isEqualTo(1);
    }

    @Test
    void givesBackThe402WhenNoTokenCanBeMinted() throws Exception {
        Wallet wallet = Wallet.builder(shop.buyer.x402(), "del-unknown", BigInteger.TEN)
                .pays(agent.url("/").uri(), shop.planId)
                .build();
        agent.enqueue(demand());

        assertThat(get(client(wallet))).isEqualTo(402);
        assertThat(agent.getRequestCount()).isEqualTo(1);
    }
}
