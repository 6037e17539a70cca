package ai.paybond.kit.funding;

import static ai.paybond.kit.funding.FundingScript.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.funding.FundingResult.Funded;
import ai.paybond.kit.funding.FundingResult.Refused;
import ai.paybond.kit.wire.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paying by the Payment scheme: the right challenge is found whatever stands beside it, and only what was agreed is signed. */
class MppFundingTest {
    private static final String CHARGE = challenge("charge", "stripe", "{\"amount\":\"2000\",\"currency\":\"usd\"}");
    private static final String SESSION = challenge("session", "tempo", "{\"suggestedDeposit\":\"20000000\"}");

    private final FundingScript script = new FundingScript("stripe_mpp");
    private final List<MppChallenge> seen = new ArrayList<>();
    private final MppSigner signer = challenge -> {
        seen.add(challenge);
        return "credential";
    };

    @AfterEach
    void close() {
        script.close();
    }

    private static String challenge(String intent, String method, String request) {
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(request.getBytes(StandardCharsets.UTF_8));
        return "Payment id=\"%s-1\", realm=\"harbor\", method=\"%s\", intent=\"%s\", request=\"%s\""
                .formatted(intent, method, intent, encoded);
    }

    private FundingScript challenges(String... lines) {
        return script.challenge(script.view(), "www-authenticate", List.of(lines));
    }

    private void assertRefusedUnsigned(String code) {
        PaybondException refusal =
                catchThrowableOfType(PaybondException.class, () -> script.funding.mppCharge(ORDER, signer));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(seen).isEmpty();
        assertThat(script.server.requests()).isEqualTo(2);
    }

    private static Stream<List<String>> arrangements() {
        return Stream.of(
                List.of(CHARGE, SESSION),
                List.of(SESSION, CHARGE),
                List.of(CHARGE + ", " + SESSION),
                List.of(SESSION + "," + CHARGE),
                List.of("Bearer realm=\"x\"", SESSION, CHARGE),
                List.of("Basic realm=\"a, b\\\"\", " + CHARGE + ", Negotiate, Custom abc==, " + SESSION));
    }

    @ParameterizedTest
    @MethodSource("arrangements")
    void findsTheChargeAndNothingElse(List<String> lines) {
        challenges(lines.toArray(String[]::new)).answer(200, script.funded());

        assertThat(script.funding.mppCharge(ORDER, signer)).isInstanceOf(Funded.class);
        assertThat(seen).singleElement().satisfies(challenge -> {
            assertThat(challenge.raw()).isEqualTo(CHARGE);
            assertThat(challenge.id()).isEqualTo("charge-1");
            assertThat(challenge.request().string("amount")).hasValue("2000");
        });
    }

    @ParameterizedTest
    @MethodSource("arrangements")
    void findsTheSessionAndNothingElse(List<String> lines) {
        challenges(lines.toArray(String[]::new)).answer(200, script.funded());

        assertThat(script.funding.mppSession(ORDER, signer)).isInstanceOf(Funded.class);
        assertThat(seen).singleElement().satisfies(challenge -> assertThat(challenge.raw())
                .isEqualTo(SESSION));
    }

    @Test
    void sendsTheCredentialInItsOwnHeader() {
        challenges(CHARGE).answer(200, script.funded());
        script.funding.mppCharge(ORDER, signer);
        script.next();

        assertThat(script.next().getHeaders().get("x-paybond-payment-authorization"))
                .isEqualTo("Payment credential");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":\"2001\",\"currency\":\"usd\"}",
                "{\"amount\":\"20000000\",\"currency\":\"usd\"}",
                "{\"amount\":\"2000\",\"currency\":\"eur\"}",
                "{\"amount\":\"2000\"}",
                "{\"currency\":\"usd\"}",
                "{\"amount\":true,\"currency\":\"usd\"}"
            })
    void putsNoOtherChargeBeforeTheSigner(String request) {
        challenges(challenge("charge", "stripe", request));

        assertRefusedUnsigned("funding.amount_mismatch");
    }

    @Test
    void putsNoOtherDepositBeforeTheSigner() {
        challenges(challenge("session", "tempo", "{\"suggestedDeposit\":\"20000001\"}"));

        assertThat(catchThrowableOfType(FundingException.class, () -> script.funding.mppSession(ORDER, signer))
                        .code())
                .isEqualTo("funding.amount_mismatch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request=|request=\"e30\", x=|funding.amount_mismatch",
                "id=|ib=|funding.challenge_invalid",
                "realm=|reelm=|funding.challenge_invalid",
                "request=|requests=|funding.challenge_invalid",
                "id=|method=\"stripe\", id=|funding.challenge_invalid",
                "request=\"|request=\"***|funding.challenge_invalid",
                "id=|expires=\"2026-06-30T12:00:00Z\", id=|funding.challenge_expired",
                "id=|expires=\"soon\", id=|funding.challenge_invalid",
                "intent=\"charge\"|intent=\"Charge\"|funding.challenge_missing",
                "method=\"stripe\"|method=\"card\"|funding.challenge_missing",
                "Payment |Payment-X |funding.challenge_missing",
                "Payment |Bearer |funding.challenge_missing"
            })
    void refusesAnAlteredChallenge(String right, String wrong, String code) {
        assertThat(CHARGE).contains(right);
        challenges(CHARGE.replaceFirst(right, wrong.replace("***", "*")));

        assertRefusedUnsigned(code);
    }

    @Test
    void refusesTwoChargesBesideEachOther() {
        challenges(CHARGE, CHARGE.replace("charge-1", "charge-2"));

        assertRefusedUnsigned("funding.challenge_ambiguous");
    }

    @Test
    void refusesAnotherChallengeThanHarborNames() {
        JsonObject funding = JsonObject.of(Map.of("status", "created", "challenge_id", "other"));
        script.challenge(script.view().with("funding", funding), "www-authenticate", List.of(CHARGE));

        assertRefusedUnsigned("funding.challenge_mismatch");
    }

    @Test
    void refusesAnotherDepositThanTheIntents() {
        JsonObject funding = JsonObject.of(Map.of("status", "created", "deposit_amount_base_units", "1"));
        script.challenge(script.view().with("funding", funding), "www-authenticate", List.of(CHARGE));

        assertRefusedUnsigned("funding.amount_mismatch");
    }

    @Test
    void refusesA402WithoutAChallenge() {
        challenges();

        assertRefusedUnsigned("funding.challenge_missing");
    }

    @Test
    void refusesAnOversizedChallenge() {
        challenges(CHARGE + ", description=\"" + "x".repeat(16 << 10) + "\"");

        assertRefusedUnsigned("funding.challenge_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"credential_rejected", "payment_failed", "charge_failed", "session_open_failed"})
    void endsWithTheRail(String status) {
        challenges(CHARGE).answer(200, script.view(status));

        assertThat(script.funding.mppCharge(ORDER, signer))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("funding.rail_failed"));
    }
}
