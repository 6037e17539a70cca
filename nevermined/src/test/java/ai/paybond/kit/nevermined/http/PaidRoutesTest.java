package ai.paybond.kit.nevermined.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.nevermined.PaymentFacilitator;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.SettleRequest;
import ai.paybond.kit.nevermined.Settlement;
import ai.paybond.kit.nevermined.Verification;
import ai.paybond.kit.nevermined.VerifyRequest;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import ai.paybond.kit.nevermined.http.PaidRoute.RequestCredits;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaidRoutesTest {
    private final List<VerifyRequest> verified = new ArrayList<>();
    private String verification = "{\"isValid\":true}";

    private final PaymentFacilitator facilitator = new PaymentFacilitator() {
        @Override
        public Verification verify(VerifyRequest request) {
            verified.add(request);
            return Verification.of(200, verification.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Settlement settle(SettleRequest request) {
            throw new AssertionError("nothing is done here that could be charged");
        }
    };

    private Entry enter(RequestCredits credits, String token) {
        return routes(PaidRoute.of("POST", "/ask", "1", 1).costing(credits)).enter("POST", "/ask", "pages=7", token);
    }

    private PaidRoutes routes(PaidRoute route) {
        return PaidRoutes.builder(
                        ChargeDesk.builder(facilitator, "seller").build(),
                        planId -> new PaymentScheme("nvm:erc4337", "eip155:84532"),
                        URI.create("https://agent.test/"))
                .route(route)
                .build();
    }

    private static String message(Entry entry) {
        return ((Entry.Unpaid) entry).demand().message();
    }

    @Test
    void computesThePriceFromTheRequest() {
        Entry entry = enter((method, path, query) -> new BigInteger(query.substring(6)), "token");

        assertThat(entry).isInstanceOf(Entry.Paid.class);
        assertThat(verified).singleElement().satisfies(request -> assertThat(request.maxAmount())
                .isEqualTo(7));
    }

    @Test
    void refusesWhenThePriceCannotBeFound() {
        Entry entry = enter(
                (method, path, query) -> {
                    throw new IllegalStateException("no price");
                },
                "token");

        assertThat(entry).isInstanceOf(Entry.Unpaid.class);
        assertThat(verified).isEmpty();
    }

    @Test
    void takesATokenThatCannotBeOneForNone() {
        assertThat(message(enter((method, path, query) -> BigInteger.ONE, "two words")))
                .startsWith("Missing x402 payment token");
    }

    @Test
    void passesOnlyAPlainReasonOn() {
        verification = "{\"isValid\":false,\"invalidReason\":\"Not enough\"}";
        assertThat(message(enter((method, path, query) -> BigInteger.ONE, "token")))
                .isEqualTo("Not enough");

        verification = "{\"isValid\":false,\"invalidReason\":\"line\\nbreak\"}";
        assertThat(message(enter((method, path, query) -> BigInteger.ONE, "token")))
                .isEqualTo("Insufficient credits or invalid token");
    }

    @Test
    void namesTheResourceWithoutItsQuery() {
        enter((method, path, query) -> BigInteger.ONE, "token");

        assertThat(verified.get(0).paymentRequired().resource().url()).isEqualTo("https://agent.test/ask");
    }

    @Test
    void verifiesOnlyAndChargesNothingForZeroCredits() {
        Entry entry = enter((method, path, query) -> BigInteger.ZERO, "token");

        PaidExchange exchange = ((Entry.Paid) entry).exchange();
        assertThat(exchange.complete(200).headers()).isEmpty();
    }

    @Test
    void refusesToSellNothing() {
        assertThatThrownBy(() -> PaidRoutes.builder(
                                ChargeDesk.builder(facilitator, "seller").build(),
                                planId -> new PaymentScheme("a", "b"),
                                URI.create("https://agent.test"))
                        .build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("route.missing"));
    }
}
