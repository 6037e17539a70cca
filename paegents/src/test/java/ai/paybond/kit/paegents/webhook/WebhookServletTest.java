package ai.paybond.kit.paegents.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ai.paybond.kit.paegents.MovableClock;
import ai.paybond.kit.wire.Hex;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The filter and the interceptor admit the same and refuse the same. */
class WebhookServletTest {
    private static final byte[] BODY =
            "{ \"type\": \"agreement.activated\",\n \"note\": \"ü\" }".getBytes(StandardCharsets.UTF_8);

    private final MovableClock clock = new MovableClock();
    private WebhookVerifier verifier = new WebhookVerifier(
            List.of(WebhookSecret.of("new"), WebhookSecret.of("old")), Duration.ofMinutes(5), clock);
    private MockHttpServletRequest request = new MockHttpServletRequest("POST", "/webhooks");
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain chain = new MockFilterChain();

    /** Which door a webhook comes through. */
    enum Door {
        FILTER,
        INTERCEPTOR
    }

    @BeforeEach
    void body() {
        request.setContent(BODY);
    }

    private boolean admitted(Door door) throws IOException, ServletException {
        if (door == Door.INTERCEPTOR) {
            return new WebhookInterceptor(() -> verifier).preHandle(request, response, new Object());
        }
        new WebhookFilter(() -> verifier).doFilter(request, response, chain);
        return chain.getRequest() != null;
    }

    private String signed(String secret, byte[] body) {
        long now = clock.instant().getEpochSecond();
        byte[] prefix = (now + ".").getBytes(StandardCharsets.US_ASCII);
        return "t=" + now + ", v1=" + Hex.encode(WebhookSecret.of(secret).hmac(prefix, body));
    }

    @ParameterizedTest
    @EnumSource
    void admitsWhatEitherSecretSigned(Door door) throws Exception {
        request.addHeader(WebhookVerifier.HEADER, signed("old", BODY));

        assertThat(admitted(door)).isTrue();

        VerifiedWebhook webhook = (VerifiedWebhook) request.getAttribute(VerifiedWebhook.ATTRIBUTE);
        assertThat(webhook.type()).contains("agreement.activated");
        assertThat(webhook.body()).isEqualTo(BODY);
    }

    @ParameterizedTest
    @EnumSource
    void stopsAdmittingASecretThatWasRotatedOut(Door door) throws Exception {
        request.addHeader(WebhookVerifier.HEADER, signed("old", BODY));
        verifier = new WebhookVerifier(List.of(WebhookSecret.of("new")), Duration.ofMinutes(5), clock);

        assertRefused(door, 401, "webhook.mismatch");
    }

    @ParameterizedTest
    @EnumSource
    void refusesABodyThatWasPrintedAgain(Door door) throws Exception {
        request.addHeader(WebhookVerifier.HEADER, signed("new", BODY));
        request.setContent("{\"type\":\"agreement.activated\",\"note\":\"ü\"}".getBytes(StandardCharsets.UTF_8));

        assertRefused(door, 401, "webhook.mismatch");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsTooOld(Door door) throws Exception {
        request.addHeader(WebhookVerifier.HEADER, signed("new", BODY));
        clock.advance(Duration.ofSeconds(301));

        assertRefused(door, 401, "webhook.outside_tolerance");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNotSigned(Door door) throws Exception {
        assertRefused(door, 401, "webhook.missing");
    }

    @ParameterizedTest
    @EnumSource
    void refusesTwoSignatureHeaders(Door door) throws Exception {
        request.addHeader(WebhookVerifier.HEADER, signed("new", BODY));
        request.addHeader(WebhookVerifier.HEADER, signed("new", BODY));

        assertRefused(door, 401, "webhook.missing");
    }

    @ParameterizedTest
    @EnumSource
    void refusesABodyThatIsTooLarge(Door door) throws Exception {
        byte[] large = new byte[(1 << 20) + 1];
        request.setContent(large);
        request.addHeader(WebhookVerifier.HEADER, signed("new", large));

        assertRefused(door, 413, "webhook.too_large");
    }

    @Test
    void letsTheBodyBeReadAgainBehindTheFilter() throws Exception {
        request.addHeader(WebhookVerifier.HEADER, signed("new", BODY));

        assertThat(admitted(Door.FILTER)).isTrue();

        assertThat(chain.getRequest().getInputStream().readAllBytes()).isEqualTo(BODY);
        assertThat(chain.getRequest().getReader().readLine()).startsWith("{ \"type\"");
    }

    @Test
    void asksOnceWhenBothAreInPlace() throws Exception {
        request.addHeader(WebhookVerifier.HEADER, signed("new", BODY));
        assertThat(admitted(Door.FILTER)).isTrue();

        request = (MockHttpServletRequest) ((HttpServletRequestWrapper) chain.getRequest()).getRequest();

        assertThat(admitted(Door.INTERCEPTOR)).isTrue();
    }

    private void assertRefused(Door door, int status, String code) throws Exception {
        assertThat(admitted(door)).isFalse();
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getErrorMessage()).isEqualTo(code);
    }
}
