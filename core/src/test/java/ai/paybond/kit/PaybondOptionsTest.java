package ai.paybond.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.wire.ed25519.SigningKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaybondOptionsTest {
    private static final String KEY = "paybond_sk_sandbox_" + "ab".repeat(16) + "_" + "cd".repeat(32);
    private static final VerifyingKey ROOT =
            SigningKey.fromSeedHex("07".repeat(32)).publicKey();
    private static final VerifyingKey SECOND_ROOT =
            SigningKey.fromSeedHex("08".repeat(32)).publicKey();

    private static PaybondOptions.Builder options() {
        return PaybondOptions.builder(URI.create("https://gateway.example.com"), ApiKey.of(KEY));
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void hasTheDocumentedDefaults() {
        PaybondOptions options = options().build();

        assertThat(options.harborUrl()).isNull();
        assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.maxAttempts()).isEqualTo(3);
        assertThat(options.maxResponseBytes()).isEqualTo(4 * 1024 * 1024);
        assertThat(options.clockSkew()).isEqualTo(Duration.ofSeconds(90));
        assertThat(options.closeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.remoteVerificationOnly()).isFalse();
        assertThat(options.expectedEnvironment()).isNull();
    }

    private static Stream<UnaryOperator<PaybondOptions.Builder>> outOfRange() {
        return Stream.of(
                options -> options.requestTimeout(Duration.ZERO),
                options -> options.requestTimeout(Duration.ofSeconds(-1)),
                options -> options.requestTimeout(Duration.ofDays(2)),
                options -> options.clockSkew(Duration.ofSeconds(-1)),
                options -> options.closeTimeout(Duration.ofSeconds(-1)),
                options -> options.maxAttempts(0),
                options -> options.maxAttempts(11),
                options -> options.maxResponseBytes(0),
                options -> options.maxResponseBytes(-1),
                options -> options.maxResponseBytes(Integer.MAX_VALUE),
                options -> options.remoteVerificationOnly().capabilityRootKey(1, ROOT));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void refusesValuesOutOfRange(UnaryOperator<PaybondOptions.Builder> change) {
        assertRefused("options.invalid", () -> change.apply(options()).build());
    }

    @Test
    void refusesARootKeyIdGivenTwice() {
        assertRefused(
                "capability.root_key",
                () -> options().capabilityRootKey(1, ROOT).capabilityRootKey(1, SECOND_ROOT));
    }

    @Test
    void copiesEverythingIntoANewBuilder() {
        PaybondOptions options = options()
                .harborUrl(URI.create("https://harbor.example.com"))
                .capabilityRootKey(1, ROOT)
                .maxAttempts(5)
                .expectedEnvironment(PaybondEnvironment.LIVE)
                .build();

        PaybondOptions copy = options.toBuilder().build();

        assertThat(copy).usingRecursiveComparison().isEqualTo(options);
    }

    @Test
    void printsNoSecret() {
        assertThat(options().build().toString()).doesNotContain("abab", "cdcd").contains("gateway.example.com");
    }

    @Test
    void readsSigningKeysFromTheEnvironment() {
        PaybondOptions options = PaybondOptions.fromEnvironment(Map.of(
                "PAYBOND_API_KEY",
                KEY,
                "PAYBOND_AGENT_RECOGNITION_KEY_ID",
                "key-1",
                "PAYBOND_AGENT_RECOGNITION_SIGNING_SEED_HEX",
                "31".repeat(32),
                "PAYBOND_PAYEE_DID",
                "did:web:hotel.example",
                "PAYBOND_PAYEE_SIGNING_SEED_HEX",
                "32".repeat(32)));
        assertThat(options.recognitionKey()).isNotNull();
        assertThat(options.payee()).isNotNull();
        assertThat(options.toString()).doesNotContain("31".repeat(32), "32".repeat(32));
    }

    @Test
    void refusesASigningKeyWithoutItsSeed() {
        assertThatThrownBy(() -> PaybondOptions.fromEnvironment(
                        Map.of("PAYBOND_API_KEY", KEY, "PAYBOND_PAYEE_DID", "did:web:hotel.example")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("PAYBOND_PAYEE_SIGNING_SEED_HEX");
    }

    @Test
    void readsTheEnvironment() {
        PaybondOptions options = PaybondOptions.fromEnvironment(Map.of(
                "PAYBOND_API_KEY",
                " " + KEY + " ",
                "PAYBOND_GATEWAY_URL",
                "https://gateway.example.com",
                "PAYBOND_HARBOR_URL",
                "https://harbor.example.com",
                "PAYBOND_CAPABILITY_ROOT_KEY",
                "1:" + ROOT.hex() + ", 2:" + SECOND_ROOT.hex()));

        assertThat(options.apiKey()).isEqualTo(ApiKey.of(KEY));
        assertThat(options.gatewayUrl()).hasToString("https://gateway.example.com");
        assertThat(options.harborUrl()).hasToString("https://harbor.example.com");
        assertThat(options.capabilityRootKeys()).isEqualTo(Map.of(1, ROOT, 2, SECOND_ROOT));
    }

    @Test
    void readsTheOlderNameOfTheGatewayUrl() {
        PaybondOptions options = PaybondOptions.fromEnvironment(
                Map.of("PAYBOND_API_KEY", KEY, "PAYBOND_GATEWAY_BASE_URL", "https://old.example.com"));

        assertThat(options.gatewayUrl()).hasToString("https://old.example.com");
    }

    @Test
    void fallsBackToPaybondsOwnGateway() {
        PaybondOptions options =
                PaybondOptions.fromEnvironment(Map.of("PAYBOND_API_KEY", KEY, "PAYBOND_HARBOR_URL", " "));

        assertThat(options.gatewayUrl()).hasToString("https://api.paybond.ai");
        assertThat(options.harborUrl()).isNull();
    }

    @Test
    void namesTheMissingVariable() {
        assertThatThrownBy(() -> PaybondOptions.fromEnvironment(Map.of()))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("api_key.missing"))
                .hasMessageContaining("PAYBOND_API_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "x:00", "1:00", ":", "1:zz", "1:", "-1:", "1:KEY,", "99999999999:KEY", "1:KEY:2"})
    void refusesMalformedRootKeys(String text) {
        String keys = text.replace("KEY", ROOT.hex());

        assertRefused(
                "capability.root_key",
                () -> PaybondOptions.fromEnvironment(
                        Map.of("PAYBOND_API_KEY", KEY, "PAYBOND_CAPABILITY_ROOT_KEY", keys)));
    }

    @Test
    void refusesARootKeyOfSmallOrder() {
        assertRefused(
                "capability.root_key",
                () -> PaybondOptions.fromEnvironment(
                        Map.of("PAYBOND_API_KEY", KEY, "PAYBOND_CAPABILITY_ROOT_KEY", "1:01" + "00".repeat(31))));
    }

    @Test
    void doesNotRepeatAKeyThatGotIntoTheWrongVariable() {
        assertThatThrownBy(() -> PaybondOptions.fromEnvironment(
                        Map.of("PAYBOND_API_KEY", KEY, "PAYBOND_GATEWAY_URL", "not an address " + KEY)))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo("url.invalid"))
                .hasMessageContaining("PAYBOND_GATEWAY_URL")
                .hasMessageNotContaining("abab")
                .hasNoCause();
    }
}
