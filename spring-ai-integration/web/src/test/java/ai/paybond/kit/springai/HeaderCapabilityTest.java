package ai.paybond.kit.springai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.guard.CapabilityBinding;
import ai.paybond.kit.springai.web.Caller;
import ai.paybond.kit.springai.web.CallerCapability;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpHeaders;

/** A capability that a gateway sends along in headers. */
class HeaderCapabilityTest {

    private static final String INTENT = "3f0e0b6c-6f0f-4f0e-9a51-0d7d2f8b5a10";

    private final CallerCapability capabilities = CallerCapability.fromHeaders();

    private static HttpHeaders complete() {
        HttpHeaders headers = new HttpHeaders();
        headers.add(CallerCapability.INTENT_HEADER, INTENT);
        headers.add(CallerCapability.CAPABILITY_HEADER, TestGuards.TOKEN);
        return headers;
    }

    @Test
    void takesIntentCapabilityAndCurrency() {
        HttpHeaders headers = complete();
        headers.add(CallerCapability.CURRENCY_HEADER, "EUR");

        CapabilityBinding binding = capabilities.capabilityOf(new Caller(null, headers));

        assertThat(binding).isNotNull();
        assertThat(binding.intentId()).isEqualTo(INTENT);
        assertThat(binding.token().expose()).isEqualTo(TestGuards.TOKEN);
        assertThat(binding.currency()).isEqualTo("eur");
        assertThat(capabilities.capabilityOf(new Caller(null, complete())))
                .extracting(CapabilityBinding::currency)
                .isEqualTo("usd");
    }

    @ParameterizedTest
    @MethodSource
    void givesNoneWhenAHeaderIsMissingOrComesTwice(Consumer<HttpHeaders> change) {
        HttpHeaders headers = complete();
        change.accept(headers);

        assertThat(capabilities.capabilityOf(new Caller(null, headers))).isNull();
    }

    static Stream<Consumer<HttpHeaders>> givesNoneWhenAHeaderIsMissingOrComesTwice() {
        return Stream.of(
                headers -> headers.remove(CallerCapability.INTENT_HEADER),
                headers -> headers.remove(CallerCapability.CAPABILITY_HEADER),
                headers -> headers.set(CallerCapability.CAPABILITY_HEADER, " "),
                headers -> headers.add(CallerCapability.CAPABILITY_HEADER, "another"),
                headers -> headers.add(CallerCapability.INTENT_HEADER, "another"),
                headers -> headers.add(CallerCapability.CURRENCY_HEADER, " "));
    }

    @Test
    void showsNoHeaderInItsText() {
        assertThat(new Caller(() -> "ann", complete()).toString())
                .contains("ann")
                .doesNotContain(TestGuards.TOKEN);
    }
}
