package ai.paybond.kit.nevermined.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.Shop;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.sandbox.Fault;
import ai.paybond.kit.sandbox.nevermined.NeverminedRoute;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every paid server promises. Below {@code /paid}, {@code /late} and {@code /free} it serves hello, stream, unprocessable and broken. */
public abstract class PaidServerContract {
    protected final Shop shop = Shop.fixed();
    private @Nullable URI server;

    /** Starts the server with these routes; gives its address. */
    protected abstract URI start(PaidRoutes routes) throws Exception;

    protected abstract void stop() throws Exception;

    @BeforeEach
    void startServer() throws Exception {
        server = start(PaidServers.routes(shop));
        shop.credits(3);
    }

    @AfterEach
    void stopServer() throws Exception {
        stop();
        shop.close();
    }

    protected HttpResponse<String> get(String path, @Nullable X402AccessToken token)
            throws IOException, InterruptedException {
        return PaidServers.get(Objects.requireNonNull(server), path, token);
    }

    @Test
    void asksForPaymentWithoutAToken() throws Exception {
        HttpResponse<String> response = get("/paid/hello", null);

        assertThat(response.statusCode()).isEqualTo(402);
        assertThat(JsonObject.parse(response.body()).string("error")).contains("Payment Required");
        PaymentRequired required = PaymentRequired.fromHeader(
                        response.headers().firstValue(PaymentRequired.HEADER).orElseThrow())
                .orElseThrow();
        assertThat(required.accepts()).singleElement().satisfies(accepted -> assertThat(accepted.planId())
                .isEqualTo(shop.planId));
        assertThat(required.resource().url()).isEqualTo(Shop.ADDRESS + "/paid/hello");
        assertThat(shop.sandbox.requests(NeverminedRoute.VERIFY)).isZero();
    }

    @Test
    void servesAndChargesWithAToken() throws Exception {
        HttpResponse<String> response = get("/paid/hello", shop.token());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers()
                        .firstValue(SettlementReceipt.HEADER)
                        .flatMap(SettlementReceipt::fromHeader)
                        .flatMap(SettlementReceipt::creditsRedeemed))
                .hasValueSatisfying(credits -> assertThat(credits).isEqualTo(1));
        assertThat(shop.balance()).isEqualTo(2);
    }

    @Test
    void asksForPaymentWhenTheTokenIsNoGood() throws Exception {
        assertThat(get("/paid/hello", X402AccessToken.of("not-a-token")).statusCode())
                .isEqualTo(402);
        assertThat(shop.burns()).isEmpty();
    }

    @Test
    void chargesNothingForAnAnswerThatIsNoSuccess() throws Exception {
        X402AccessToken token = shop.token();

        assertThat(get("/paid/unprocessable", token).statusCode()).isEqualTo(422);
        assertThat(get("/late/unprocessable", token).statusCode()).isEqualTo(422);
        assertThat(shop.sandbox.requests(NeverminedRoute.SETTLE)).isZero();
    }

    @Test
    void chargesNothingWhenTheHandlerBreaks() throws Exception {
        try {
            assertThat(get("/paid/broken", shop.token()).statusCode()).isEqualTo(500);
        } catch (IOException e) {
            assertThat(e).isNotNull(); // the JDK's server closes the connection instead
        }
        assertThat(shop.sandbox.requests(NeverminedRoute.SETTLE)).isZero();
    }

    @Test
    void servesWhatIsNotListedUnpaid() throws Exception {
        assertThat(get("/free/hello", null).body()).isEqualTo("hello");
        assertThat(shop.sandbox.requests(NeverminedRoute.VERIFY)).isZero();
    }

    @Test
    void chargesAStreamAfterItsEnd() throws Exception {
        HttpResponse<String> response = get("/paid/stream", shop.token());

        assertThat(response.body()).contains("one").contains("two");
        assertThat(response.headers().firstValue(SettlementReceipt.HEADER)).isEmpty();
        awaitBurns(1);
    }

    @Test
    void chargesAfterDeliveryWhereToldTo() throws Exception {
        HttpResponse<String> response = get("/late/hello", shop.token());

        assertThat(response.body()).isEqualTo("hello");
        awaitBurns(1);
    }

    @Test
    void withholdsTheAnswerWhenItIsNotPaid() throws Exception {
        X402AccessToken token = shop.token();
        shop.sandbox.faults().refuseNextSettlement("nope");

        HttpResponse<String> response = get("/paid/hello", token);

        assertThat(response.statusCode()).isEqualTo(402);
        assertThat(response.body()).doesNotContain("hello");
        assertThat(response.headers().firstValue(PaymentRequired.HEADER)).isPresent();
    }

    @Test
    void servesWithoutAReceiptWhenThePaymentIsUnknown() throws Exception {
        X402AccessToken token = shop.token();
        shop.sandbox.faults().onNext(NeverminedRoute.SETTLE, Fault.connectionResetAfterHandling());

        HttpResponse<String> response = get("/paid/hello", token);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue(SettlementReceipt.HEADER)).isEmpty();
        assertThat(shop.sandbox.requests(NeverminedRoute.SETTLE)).isEqualTo(1);
    }

    /** The client may have the last byte before the server has settled. */
    private void awaitBurns(int count) throws InterruptedException {
        Instant end = Clock.systemUTC().instant().plus(Duration.ofSeconds(30));
        while (shop.burns().size() < count && Clock.systemUTC().instant().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(shop.burns()).hasSize(count);
    }
}
