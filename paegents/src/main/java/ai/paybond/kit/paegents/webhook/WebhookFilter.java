package ai.paybond.kit.paegents.webhook;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets webhooks of Paegents through, and nothing else, to what it is mapped to. Verifies the raw bytes before anything parses
 * them; whatever is behind can read them again, and finds a {@link VerifiedWebhook} under {@link VerifiedWebhook#ATTRIBUTE}.
 * Others are answered 401 with a reason code of {@link WebhookVerdict.Reason}, or 413 above 1 MiB. Thread-safe.
 */
public final class WebhookFilter implements Filter {
    private final WebhookGate gate;

    /** @param verifier asked for every request, so that secrets can be rotated while it runs */
    public WebhookFilter(Supplier<WebhookVerifier> verifier) {
        this.gate = new WebhookGate(verifier);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("webhooks come by HTTP");
        }
        Optional<VerifiedWebhook> webhook = gate.admit(http, answer);
        if (webhook.isPresent()) {
            chain.doFilter(new Reread(http, webhook.get().body()), response);
        }
    }

    /** The request with its body to be read once more. */
    private static final class Reread extends HttpServletRequestWrapper {
        private final byte[] body;

        Reread(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Bytes(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Bytes extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Bytes(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is in memory; read it at once");
        }
    }
}
