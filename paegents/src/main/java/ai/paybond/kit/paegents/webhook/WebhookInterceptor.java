package ai.paybond.kit.paegents.webhook;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * The same for Spring MVC: register it for the paths webhooks come to, and take the event from the request:
 *
 * <pre>{@code
 * @PostMapping("/webhooks/paegents")
 * void on(@RequestAttribute(VerifiedWebhook.ATTRIBUTE) VerifiedWebhook webhook) { ... }
 * }</pre>
 *
 * <p>It reads the body, so that {@code @RequestBody} finds nothing behind it; where that is needed, map a {@link WebhookFilter}
 * instead. Refuses as that one does. Thread-safe.
 */
public final class WebhookInterceptor implements HandlerInterceptor {
    private final WebhookGate gate;

    /** @param verifier asked for every request, so that secrets can be rotated while it runs */
    public WebhookInterceptor(Supplier<WebhookVerifier> verifier) {
        this.gate = new WebhookGate(verifier);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        return gate.admit(request, response).isPresent();
    }
}
