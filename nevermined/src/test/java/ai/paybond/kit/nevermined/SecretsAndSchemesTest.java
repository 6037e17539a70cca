package ai.paybond.kit.nevermined;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.PaybondException;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsAndSchemesTest {
    private static final PaymentScheme SCHEME = PaymentScheme.crypto(NeverminedEnvironment.SANDBOX);

    @ParameterizedTest
    @ValueSource(strings = {"sandbox:", ":jwt", "a b", "a:b:c", "key\nheader"})
    void refusesWhatIsNoKey(String text) {
        assertThatThrownBy(() -> NeverminedApiKey.of(text))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("api_key.invalid"))
                .hasMessageNotContaining(text);
    }

    @Test
    void wantsAnEnvironmentForAKeyThatNamesNone() {
        assertThatThrownBy(() -> NeverminedOptions.of(NeverminedApiKey.of("nvm:a.b.c")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("environment.missing"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://api.example.com,url.insecure",
        "ftp://api.example.com,url.invalid",
        "https://user:pw@api.example.com,url.unexpected_part",
        "https://api.example.com?x=1,url.unexpected_part"
    })
    void refusesABackendThatAKeyMustNotBeSentTo(String address, String code) {
        NeverminedOptions options =
                NeverminedOptions.of(NeverminedApiKey.of("a.b.c"), NeverminedEnvironment.custom(URI.create(address)));

        assertThatThrownBy(() -> NeverminedPayments.open(options))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "====", "bnVsbA", "W10", "e30e30", "not-valid-base64-json"})
    void decodesNothingFromWhatIsNoToken(String text) {
        assertThat(X402AccessToken.of(text).decode().flatMap(PaymentPayload::planId))
                .isEmpty();
    }

    @Test
    void decodesNothingFromDeepJson() {
        String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
        String token = Base64.getUrlEncoder().encodeToString(deep.getBytes(StandardCharsets.UTF_8));

        assertThat(X402AccessToken.of(token).decode()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA,AAAAAAAAAAAAAAAA…AAAA",
        "abcdefghij,abcd…(short)",
        "abcd,…(short)"
    })
    void abbreviatesTokensForTraces(String token, String abbreviated) {
        assertThat(X402AccessToken.of(token).abbreviated()).isEqualTo(abbreviated);
    }

    @Test
    void printsNoSecret() {
        X402AccessToken token = X402AccessToken.of("eyJzZWNyZXQiOjF9");

        assertThat(token + " " + token.decode()).doesNotContain("eyJz").doesNotContain("secret");
    }

    @Test
    void refusesARequirementThatNoPlanCanMeet() {
        assertThatThrownBy(() -> PaymentRequired.forPlans(List.of(), SCHEME))
                .isInstanceOfSatisfying(
                        NeverminedException.class, e -> assertThat(e.code()).isEqualTo("validation"));
    }

    @Test
    void refusesAnAgentWithoutEndpoint() {
        assertThatThrownBy(
                        () -> PaymentRequired.forPlan("1", SCHEME).agentId("2").build())
                .isInstanceOfSatisfying(
                        NeverminedException.class, e -> assertThat(e.code()).isEqualTo("validation"));
    }

    @Test
    void offersEveryPlan() {
        PaymentRequired required =
                PaymentRequired.forPlans(List.of("1", "2"), SCHEME).build();

        assertThat(required.accepts())
                .extracting(PaymentRequired.Accepted::planId)
                .containsExactly("1", "2");
    }

    @Test
    void asksAgainForAPlanAfterFiveMinutes() {
        AtomicInteger lookups = new AtomicInteger();
        SettableClock clock = new SettableClock();
        SchemeResolver resolver = resolver(lookups, clock);

        resolver.resolve("1");
        clock.now = clock.now.plus(Duration.ofMinutes(5)).minusNanos(1);
        resolver.resolve("1");
        assertThat(lookups).hasValue(1);
        clock.now = clock.now.plusNanos(1);
        resolver.resolve("1");
        assertThat(lookups).hasValue(2);
    }

    @Test
    void forgetsTheLeastUsedPlanAfterAThousand() {
        AtomicInteger lookups = new AtomicInteger();
        SchemeResolver resolver = resolver(lookups, new SettableClock());

        for (int plan = 0; plan <= 1_000; plan++) {
            resolver.resolve(Integer.toString(plan));
        }
        resolver.resolve("1000");
        assertThat(lookups).hasValue(1_001);
        resolver.resolve("0");
        assertThat(lookups).hasValue(1_002);
    }

    @Test
    void doesNotHideAnErrorOfTheProgramAsAFailedLookup() {
        SchemeResolver resolver = new SchemeResolver(
                planId -> {
                    throw new IllegalStateException("bug");
                },
                NeverminedEnvironment.LIVE,
                new SettableClock());

        assertThatThrownBy(() -> resolver.resolve("1")).isNotInstanceOf(PaybondException.class);
    }

    private static SchemeResolver resolver(AtomicInteger lookups, Clock clock) {
        return new SchemeResolver(
                planId -> {
                    lookups.incrementAndGet();
                    return JsonObject.parse("{}");
                },
                NeverminedEnvironment.LIVE,
                clock);
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
