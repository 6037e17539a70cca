package ai.paybond.kit.funding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.Paybond;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.PaybondOptions;
import ai.paybond.kit.capability.CapabilityToken;
import ai.paybond.kit.evidence.PayeeIdentity;
import ai.paybond.kit.funding.FundingResult.Funded;
import ai.paybond.kit.funding.FundingResult.Refused;
import ai.paybond.kit.harbor.HarborHttpException;
import ai.paybond.kit.harbor.IntentRequest;
import ai.paybond.kit.harbor.PrincipalIdentity;
import ai.paybond.kit.harbor.VerifyRequest;
import ai.paybond.kit.sandbox.Sandbox;
import ai.paybond.kit.sandbox.SandboxTenant;
import ai.paybond.kit.sandbox.junit.SandboxExtension;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole way of the money over real HTTP, and payments that the sandbox will not have. */
class FundingAgainstSandboxTest {
    @RegisterExtension
    static final SandboxExtension SANDBOX = new SandboxExtension();

    private static final String OPERATION = "travel.book_hotel";
    private static final FundingSettings QUICK = new FundingSettings(Duration.ofMillis(1), Duration.ofSeconds(20));

    private final Sandbox sandbox = SANDBOX.sandbox();
    private final SandboxTenant tenant = sandbox.tenant();
    private Paybond paybond;
    private Funding funding;

    @BeforeEach
    void open() {
        paybond = session(tenant);
        funding = paybond.funding().with(QUICK);
    }

    @AfterEach
    void close() {
        paybond.close();
    }

    private Paybond session(SandboxTenant owner) {
        return Paybond.open(PaybondOptions.builder(sandbox.baseUrl(), ApiKey.of(owner.apiKey()))
                .remoteVerificationOnly()
                .recognitionKey(owner.recognitionKeyId(), owner.recognitionKey())
                .payee(new PayeeIdentity("did:web:hotel.example", owner.payeeKey()))
                .build());
    }

    private FundingOrder ordered(String rail) {
        String id = UUID.randomUUID().toString();
        paybond.intents()
                .create(IntentRequest.builder(
                                new PrincipalIdentity("did:web:principal.example", tenant.payeeKey()),
                                "did:web:hotel.example")
                        .intentId(id)
                        .amount(2_000, "usd")
                        .deadline(Instant.parse("2030-12-31T23:59:59Z"))
                        .allowedTools(List.of(OPERATION))
                        .predicate(JsonObject.parse("{\"version\":1,\"root\":{\"op\":\"true\"}}"))
                        .settlementRail(rail)
                        .payeeKey(tenant.payeeKey().publicKey())
                        .build());
        return FundingOrder.usd(id, 2_000);
    }

    private static String payment(X402Challenge challenge, String value, String resource) {
        JsonObject authorization = JsonObject.of(Map.of("value", value, "to", challenge.payTo()));
        JsonObject payment = JsonObject.builder()
                .put("x402Version", 2)
                .put("resource", JsonObject.of(Map.of("url", resource)))
                .put("accepted", challenge.terms())
                .put("payload", JsonObject.of(Map.of("signature", "0x00", "authorization", authorization)))
                .build();
        return Base64.getEncoder().encodeToString(payment.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(FundingOrder order) {
        return "/harbor/intents/" + order.intentId() + "/fund";
    }

    private static String credential(MppChallenge challenge) {
        String json = JsonObject.builder()
                .put("challenge", JsonObject.of(Map.copyOf(challenge.parameters())))
                .build()
                .toJson();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private void assertFunded(FundingOrder order, FundingResult result) {
        assertThat(result).isInstanceOf(Funded.class);
        CapabilityToken token = ((Funded) result).capabilityToken();
        assertThat(paybond.harbor()
                        .verify(VerifyRequest.builder(order.intentId(), token, OPERATION)
                                .requestedSpendCents(1)
                                .build())
                        .allow())
                .isTrue();
    }

    @Test
    void paysByX402() {
        FundingOrder order = ordered("x402_usdc_base");

        assertFunded(
                order,
                funding.x402(
                        order,
                        challenge ->
                                payment(challenge, challenge.amountBaseUnits().toString(), resource(order))));
    }

    @Test
    void paysByOneCharge() {
        FundingOrder order = ordered("stripe_mpp");

        FundingResult result = funding.mppCharge(order, FundingAgainstSandboxTest::credential);

        assertFunded(order, result);
        assertThat(result.last().paymentReceipt()).isNotBlank();
    }

    @Test
    void paysByOpeningASession() {
        FundingOrder order = ordered("stripe_mpp");

        assertFunded(order, funding.mppSession(order, FundingAgainstSandboxTest::credential));
    }

    @Test
    void isRefusedWhenItPaysAnotherAmountThanItSaysItAccepts() {
        FundingOrder order = ordered("x402_usdc_base");

        FundingResult result = funding.x402(order, challenge -> payment(challenge, "1", resource(order)));

        assertThat(result).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("funding.rail_failed"));
    }

    @Test
    void isRefusedWhenItPaysForAnotherIntent() {
        FundingOrder order = ordered("x402_usdc_base");
        FundingOrder other = ordered("x402_usdc_base");

        FundingResult result = funding.x402(
                order,
                challenge -> payment(challenge, challenge.amountBaseUnits().toString(), resource(other)));

        assertThat(result).isInstanceOf(Refused.class);
    }

    @Test
    void isRefusedWithACredentialForAnotherIntent() {
        FundingOrder order = ordered("stripe_mpp");
        FundingOrder other = ordered("stripe_mpp");
        String[] foreign = new String[1];
        funding.mppCharge(other, challenge -> foreign[0] = credential(challenge));

        assertThat(funding.mppCharge(order, challenge -> foreign[0])).isInstanceOf(Refused.class);
    }

    @Test
    void paysNoIntentOfAnotherAmount() {
        FundingOrder order = ordered("x402_usdc_base");

        assertThatThrownBy(() -> funding.x402(FundingOrder.usd(order.intentId(), 1_999), challenge -> {
                    throw new AssertionError("signed");
                }))
                .isInstanceOfSatisfying(
                        FundingException.class, e -> assertThat(e.code()).isEqualTo("funding.amount_mismatch"));
    }

    @Test
    void paysNoIntentOfAnotherRail() {
        FundingOrder order = ordered("stripe_mpp");

        assertThatThrownBy(() -> funding.x402(order, challenge -> {
                    throw new AssertionError("signed");
                }))
                .isInstanceOfSatisfying(
                        PaybondException.class, e -> assertThat(e.code()).isEqualTo("funding.rail_mismatch"));
    }

    @Test
    void findsNoIntentOfAnotherTenant() {
        FundingOrder order = ordered("x402_usdc_base");
        try (Paybond birch = session(sandbox.tenants().get(1))) {
            assertThatThrownBy(() -> birch.funding().x402(order, challenge -> "signed"))
                    .isInstanceOfSatisfying(HarborHttpException.class, e -> assertThat(e.status())
                            .isEqualTo(404));
        }
    }
}
