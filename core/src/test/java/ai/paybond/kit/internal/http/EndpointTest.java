package ai.paybond.kit.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.ConfigurationException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.paybond.ai",
                "https://10.0.0.1",
                "http://127.0.0.1:8080",
                "http://127.255.0.1",
                "http://[::1]:8080",
                "http://[0:0:0:0:0:0:0:1]",
                "http://[::ffff:127.0.0.1]",
                "http://localhost:1",
                "http://LOCALHOST"
            })
    void acceptsEncryptedAndLocalAddresses(String address) {
        assertThat(Endpoint.of(URI.create(address), "test")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.paybond.ai",
                "http://10.0.0.1",
                "http://192.168.0.1",
                "http://128.0.0.1",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://127.1.example",
                "http://[::2]",
                "http://[::]",
                "http://0.0.0.0",
                "http://169.254.169.254"
            })
    void refusesToSendAKeyInTheClearToAnotherMachine(String address) {
        assertRefused(address, "url.insecure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1", "file:///etc/hosts", "127.0.0.1", "mailto:a@b", "https:///x", ""})
    void refusesWhatIsNoWebAddress(String address) {
        assertRefused(address, "url.invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@api.paybond.ai",
                "https://user:secret@api.paybond.ai",
                "https://api.paybond.ai?x=1",
                "https://api.paybond.ai#x"
            })
    void refusesAddressesWithUserQueryOrFragment(String address) {
        assertRefused(address, "url.unexpected_part");
    }

    private static void assertRefused(String address, String code) {
        assertThatThrownBy(() -> Endpoint.of(URI.create(address), "the Gateway URL"))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e).hasMessageContaining("the Gateway URL").hasMessageNotContaining("secret");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "https://h, https://h/verify?q=a%20b",
        "https://h/, https://h/verify?q=a%20b",
        "https://h//, https://h/verify?q=a%20b",
        "https://h/base, https://h/base/verify?q=a%20b",
        "https://h/base/, https://h/base/verify?q=a%20b"
    })
    void appendsPathsToTheBase(String base, String expected) {
        assertThat(Endpoint.of(URI.create(base), "test").resolve("/verify", Map.of("q", "a b")))
                .hasToString(expected);
    }

    @Test
    void equalsByAddress() {
        Endpoint one = Endpoint.of(URI.create("https://h"), "test");

        assertThat(one).isEqualTo(Endpoint.of(URI.create("https://h"), "other")).hasToString("https://h/");
        assertThat(one).isNotEqualTo(Endpoint.of(URI.create("https://other"), "test"));
    }
}
