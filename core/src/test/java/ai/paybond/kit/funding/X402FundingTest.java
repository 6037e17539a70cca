package ai.paybond.kit.funding;

import static ai.paybond.kit.funding.FundingScript.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.funding.FundingResult.Funded;
import ai.paybond.kit.funding.FundingResult.FundedWithoutToken;
import ai.paybond.kit.funding.FundingResult.Pending;
import ai.paybond.kit.funding.FundingResult.Refused;
import ai.paybond.kit.harbor.HarborHttpException;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paying by x402: only what was agreed is signed, once, and what was signed is not lost. */
class X402FundingTest {
    private static final String RECEIVER = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final JsonObject OFFER = JsonObject.of(Map.of(
            "scheme", "exact",
            "network", "eip155:8453",
            "asset", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "amount", "20000000",
            "payTo", RECEIVER));

    private final FundingScript script = new FundingScript("x402_usdc_base");
    private final List<X402Challenge> seen = new ArrayList<>();
    private final X402Signer signer = challenge -> {
        seen.add(challenge);
        return "signed";
    };

    @AfterEach
    void close() {
        script.close();
    }

    private static String document(JsonObject... offers) {
        return JsonObject.builder()
                .put("x402Version", 2)
                .put("accepts", List.of(offers))
                .build()
                .toJson();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private FundingScript challenge(String header) {
        return script.challenge(script.view(), "payment-required", List.of(header));
    }

    private FundingResult fund() {
        return script.funding.x402(ORDER, signer);
    }

    private void assertRefusedUnsigned(String code) {
        assertThat(catchThrowableOfType(PaybondException.class, this::fund).code())
                .isEqualTo(code);
        assertThat(seen).isEmpty();
        assertThat(script.server.requests()).as("opening, and one question").isEqualTo(2);
    }

    private static Stream<String> forms() {
        JsonObject first =
                OFFER.without("amount").with("maxAmountRequired", "20000000").with("network", "base");
        JsonObject flat = OFFER.without("scheme")
                .with("network", "base")
                .with("asset", "usdc")
                .with("amount", "20.00");
        return Stream.of(document(OFFER), base64(document(OFFER)), document(first), flat.toJson());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void paysInThreeSteps(String header) {
        challenge(header).answer(202, script.view("authorization_pending")).answer(200, script.funded());

        assertThat(fund()).isInstanceOfSatisfying(Funded.class, funded -> assertThat(
                        funded.capabilityToken().expose())
                .isEqualTo("dG9rZW4="));

        assertThat(seen).singleElement().satisfies(challenge -> {
            assertThat(challenge.amountBaseUnits()).isEqualTo(20_000_000);
            assertThat(challenge.payTo()).isEqualTo(RECEIVER);
            assertThat(challenge.raw()).isEqualTo(header);
        });
        assertThat(script.machine.pauses()).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void showsTheSamePaymentUnderAFreshProofAndKeyEachTime() {
        challenge(document(OFFER))
                .answer(202, script.view("authorization_pending"))
                .answer(200, script.funded());
        fund();

        RecordedRequest unpaid = script.next();
        RecordedRequest paid = script.next();
        RecordedRequest again = script.next();
        assertThat(unpaid.getHeaders().get("payment-signature")).isNull();
        assertThat(paid.getHeaders().get("payment-signature")).isEqualTo("signed");
        assertThat(again.getHeaders().get("payment-signature")).isEqualTo("signed");
        assertThat(Stream.of(unpaid, paid, again)
                        .map(request -> request.getHeaders().get("idempotency-key")))
                .doesNotHaveDuplicates();
        assertThat(Stream.of(unpaid, paid, again)
                        .map(request -> request.getHeaders().get("x-paybond-agent-recognition-proof")))
                .doesNotHaveDuplicates();
        assertThat(paid.getBody().utf8()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "scheme,upto,funding.scheme_unknown",
        "network,eip155:1,funding.network_mismatch",
        "network,eip155:84532,funding.network_mismatch",
        "asset,0x0000000000000000000000000000000000000001,funding.asset_mismatch",
        "amount,20000001,funding.amount_mismatch",
        "amount,19999999,funding.amount_mismatch",
        "amount,0,funding.amount_mismatch",
        "amount,-20000000,funding.challenge_invalid",
        "amount,2e7,funding.challenge_invalid",
        "amount,999999999999999999999999999999999999,funding.challenge_invalid",
        "payTo,nobody,funding.receiver_mismatch"
    })
    void putsNothingBeforeTheSignerThatWasNotAgreed(String member, String value, String code) {
        challenge(document(OFFER.with(member, value)));

        assertRefusedUnsigned(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheme", "network", "asset", "amount", "payTo"})
    void refusesAnOfferWithout(String member) {
        challenge(document(OFFER.without(member)));

        assertRefusedUnsigned("funding.challenge_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "not base64!",
                "e30=",
                "W10=",
                "{\"accepts\":[]}",
                "{\"accepts\":{}}",
                "{\"a\":1,\"a\":2}"
            })
    void refusesAMalformedChallenge(String header) {
        challenge(header);

        assertRefusedUnsigned("funding.challenge_invalid");
    }

    @Test
    void refusesADeepChallenge() {
        challenge("{\"accepts\":" + "[".repeat(2000) + "]".repeat(2000) + "}");

        assertRefusedUnsigned("funding.challenge_invalid");
    }

    @Test
    void refusesAnOversizedChallenge() {
        challenge(document(OFFER.with("padding", "x".repeat(16 << 10))));

        assertRefusedUnsigned("funding.challenge_too_large");
    }

    @Test
    void refusesA402WithoutAChallenge() {
        script.answer(402, script.view());

        assertRefusedUnsigned("funding.challenge_missing");
    }

    @Test
    void takesTheOneOfSeveralOffersThatWasAgreed() {
        challenge(document(OFFER.with("network", "eip155:1"), OFFER.with("amount", "1"), OFFER))
                .answer(200, script.funded());

        assertThat(fund()).isInstanceOf(Funded.class);
        assertThat(seen).singleElement().satisfies(challenge -> assertThat(challenge.terms())
                .isEqualTo(OFFER));
    }

    @Test
    void paysOnlyTheReceiverOfTheOrder() {
        challenge(document(OFFER));

        assertThatThrownBy(() -> script.funding.x402(ORDER.payTo("0x" + "00".repeat(20)), signer))
                .isInstanceOfSatisfying(
                        FundingException.class, e -> assertThat(e.code()).isEqualTo("funding.receiver_mismatch"));
        assertThat(seen).isEmpty();
    }

    @Test
    void paysOnlyTheReceiverThatHarborNames() {
        JsonObject funding = JsonObject.of(Map.of("status", "created", "target_address", "0x" + "11".repeat(20)));
        script.challenge(script.view().with("funding", funding), "payment-required", List.of(document(OFFER)));

        assertRefusedUnsigned("funding.receiver_mismatch");
    }

    @Test
    void paysOnATestNetworkOnlyWhenOrdered() {
        JsonObject offer = OFFER.with("network", "eip155:84532").with("asset", UsdcNetwork.BASE_SEPOLIA.contract());
        challenge(document(offer)).answer(200, script.funded());

        assertThat(script.funding.x402(ORDER.on(UsdcNetwork.BASE_SEPOLIA), signer))
                .isInstanceOf(Funded.class);
    }

    @ParameterizedTest
    @CsvSource({
        "settlement_rail,stripe_mpp,funding.rail_mismatch",
        "currency,eur,funding.currency_mismatch",
        "tenant,tenant-b,tenant.binding_mismatch",
        "intent_id,660e8400-e29b-41d4-a716-446655440000,intent.binding_mismatch",
        "funded,false,reply.wrong_type"
    })
    void refusesAReplyAboutSomethingElse(String member, String text, String code) {
        script.challenge(script.view().with(member, text), "payment-required", List.of(document(OFFER)));

        assertRefusedUnsigned(code);
    }

    @Test
    void refusesAnIntentOfAnotherAmount() {
        script.challenge(script.view().with("amount_cents", 1_999), "payment-required", List.of(document(OFFER)));

        assertRefusedUnsigned("funding.amount_mismatch");
    }

    @Test
    void signsNothingForAnIntentThatIsFundedAlready() {
        script.challenge(script.funded(), "payment-required", List.of(document(OFFER)));

        assertRefusedUnsigned("funding.reply_contradictory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_failed", "capture_failed", "void_failed", "expired"})
    void signsNothingForARailThatHasFailed(String status) {
        script.challenge(script.view(status), "payment-required", List.of(document(OFFER)));

        assertThat(fund()).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("funding.rail_failed"));
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "ümlaut"})
    void sendsNoPaymentThatIsNoHeader(String payment) {
        challenge(document(OFFER));

        assertThatThrownBy(() -> script.funding.x402(ORDER, challenge -> payment))
                .isInstanceOfSatisfying(
                        FundingException.class, e -> assertThat(e.code()).isEqualTo("funding.payment_invalid"));
        assertThat(script.server.requests()).isEqualTo(2);
    }

    @Test
    void sendsNoOversizedPayment() {
        challenge(document(OFFER));

        assertThatThrownBy(() -> script.funding.x402(ORDER, challenge -> "x".repeat((16 << 10) + 1)))
                .isInstanceOf(FundingException.class);
    }

    @Test
    void letsTheSignersOwnRefusalThrough() {
        challenge(document(OFFER));

        assertThatThrownBy(() -> script.funding.x402(ORDER, challenge -> {
                    throw new IllegalStateException("the wallet is empty");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void neverSignsTwice() {
        challenge(document(OFFER));
        challenge(document(OFFER));

        assertThat(fund()).isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("funding.payment_refused"));
        assertThat(seen).hasSize(1);
    }

    @Test
    void keepsTheSignedPaymentWhenTheTimeIsUp() {
        challenge(document(OFFER));
        for (int i = 0; i < 31; i++) {
            script.answer(202, script.view("authorization_pending"));
        }
        FundingResult result = fund();

        assertThat(result).isInstanceOf(Pending.class);
        assertThat(script.waited()).isEqualTo(Duration.ofSeconds(60));
        assertThat(((Pending) result).payment().signed()).isTrue();
        assertThat(result.toString()).doesNotContain("signed]").doesNotContain("payment-signature");

        script.answer(200, script.funded());
        assertThat(script.funding.resume(ORDER, (Pending) result)).isInstanceOf(Funded.class);
        assertThat(seen).hasSize(1);
    }

    @Test
    void keepsTheSignedPaymentWhenHarborIsOutOfReach() {
        challenge(document(OFFER)).server.answer(503, "{}").dropConnection();
        script.answer(200, script.funded());

        assertThat(fund()).isInstanceOf(Funded.class);
        assertThat(seen).hasSize(1);
        assertThat(script.machine.pauses()).hasSize(2);
    }

    @Test
    void reportsARefusalOfThePaymentAsHarborGivesIt() {
        challenge(document(OFFER)).server.answer(409, "{\"error\":{\"code\":\"intent.payment.conflict\"}}");

        assertThatThrownBy(this::fund).isInstanceOfSatisfying(HarborHttpException.class, e -> assertThat(e.code())
                .isEqualTo("intent.payment.conflict"));
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        challenge(document(OFFER)).server.answer(reply -> reply.code(202)
                .setHeader("retry-after", "7")
                .body(script.view("authorization_pending").toJson()));
        script.answer(200, script.funded());
        fund();

        assertThat(script.machine.pauses()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void tellsMoneyWithoutACapability() {
        challenge(document(OFFER)).answer(200, script.funded().without("capability_token"));

        assertThat(fund()).isInstanceOf(FundedWithoutToken.class);
    }

    @Test
    void doesNotTakeATokenForMoney() {
        challenge(document(OFFER))
                .answer(202, script.funded().with("funded", false))
                .answer(200, script.funded());

        assertThat(fund()).isInstanceOf(Funded.class);
        assertThat(script.machine.pauses()).hasSize(1);
    }

    @Test
    void findsAnIntentFundedAlready() {
        script.answer(200, script.funded());

        assertThat(fund()).isInstanceOf(Funded.class);
        assertThat(seen).isEmpty();
    }

    @Test
    void waitsWithoutSigningForARailThatIsAtWork() {
        script.answer(202, script.view("authorization_pending")).answer(200, script.funded());

        assertThat(fund()).isInstanceOf(Funded.class);
        assertThat(seen).isEmpty();
    }
}
