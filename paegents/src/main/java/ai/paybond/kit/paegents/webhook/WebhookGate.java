package ai.paybond.kit.paegents.webhook;

import ai.paybond.kit.paegents.webhook.WebhookVerdict.Genuine;
import ai.paybond.kit.paegents.webhook.WebhookVerdict.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads a request's raw body, within a limit, and lets it through only if it is signed. */
final class WebhookGate {
    private static final int MAX_BYTES = 1 << 20;

    private final Supplier<WebhookVerifier> verifier;

    WebhookGate(Supplier<WebhookVerifier> verifier) {
        this.verifier = verifier;
    }

    /** The webhook, also left as an attribute; empty when the request was answered with a refusal. */
    Optional<VerifiedWebhook> admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(VerifiedWebhook.ATTRIBUTE) instanceof VerifiedWebhook known) {
            return Optional.of(known);
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "webhook.too_large");
            return Optional.empty();
        }
        WebhookVerdict verdict = verifier.get().verify(signature(request), body);
        if (verdict instanceof Refused refused) {
            response.sendError(
                    HttpServletResponse.SC_UNAUTHORIZED, refused.reason().code());
            return Optional.empty();
        }
        VerifiedWebhook webhook = new VerifiedWebhook(((Genuine) verdict).signedAt(), body);
        request.setAttribute(VerifiedWebhook.ATTRIBUTE, webhook);
        return Optional.of(webhook);
    }

    /** A header sent twice is no header: which of the two a proxy looked at cannot be told. */
    private static String signature(HttpServletRequest request) {
        Enumeration<String> values = request.getHeaders(WebhookVerifier.HEADER);
        String only = values.hasMoreElements() ? values.nextElement() : "";
        return values.hasMoreElements() ? "" : only;
    }
}
