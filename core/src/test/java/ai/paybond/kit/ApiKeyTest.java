package ai.paybond.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    private static final String SECRET = "ab".repeat(16) + "_" + "cd".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "paybond_sk_sandbox_, SANDBOX",
        "paybond_sk_live_, LIVE",
        "paybond_rk_sandbox_, SANDBOX",
        "paybond_rk_live_, LIVE"
    })
    void showsItsEnvironmentAndNothingElse(String prefix, PaybondEnvironment environment) {
        ApiKey key = ApiKey.of(prefix + SECRET);

        assertThat(key.environment()).contains(environment);
        assertThat(key).hasToString("ApiKey[" + prefix + "redacted]");
        assertThat(key.expose()).isEqualTo(prefix + SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"paybond_sk_", "sk_live_", ""})
    void showsNothingOfAKeyWithoutAnEnvironment(String prefix) {
        ApiKey key = ApiKey.of(prefix + SECRET);

        assertThat(key.environment()).isEmpty();
        assertThat(key).hasToString("ApiKey[redacted]");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\n"})
    void refusesNoKey(@Nullable String text) {
        assertRefused(text, "api_key.missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nbreak", "line\r\nx-tenant-id: other", "schlüssel", "nul\0"})
    void refusesWhatCouldNotBeAHeader(String text) {
        assertRefused(text, "api_key.invalid");
    }

    @Test
    void refusesAnEndlessKey() {
        assertRefused("k".repeat(513), "api_key.invalid");
    }

    private static void assertRefused(@Nullable String text, String code) {
        assertThatThrownBy(() -> ApiKey.of(text))
                .isInstanceOfSatisfying(
                        ConfigurationException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void equalsByContent() {
        assertThat(ApiKey.of(" key ")).isEqualTo(ApiKey.of("key")).hasSameHashCodeAs(ApiKey.of("key"));
        assertThat(ApiKey.of("key")).isNotEqualTo(ApiKey.of("kez")).isNotEqualTo(ApiKey.of("keys"));
    }
}
