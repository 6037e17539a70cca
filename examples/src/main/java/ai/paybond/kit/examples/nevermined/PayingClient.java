package ai.paybond.kit.examples.nevermined;

import ai.paybond.kit.nevermined.DelegationRequest;
import ai.paybond.kit.nevermined.NeverminedPayments;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.X402AccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The guide's client: gets an access token for a plan and sends it along. */
public final class PayingClient {
    private static final long ONE_DOLLAR = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final NeverminedPayments payments;

    /** @param payments under the buyer's key */
    public PayingClient(NeverminedPayments payments) {
        this.payments = payments;
    }

    /** A token for one hour. The guide's call needs a delegation first; this one may spend a dollar. */
    public X402AccessToken token(String planId, String agentId) {
        String delegationId = payments.delegations()
                .create(DelegationRequest.crypto(ONE_DOLLAR, Duration.ofHours(1), "usdc"))
                .delegationId();
        PaymentScheme scheme = PaymentScheme.crypto(payments.options().environment());
        return payments.x402().getX402AccessToken(planId, agentId, scheme, delegationId);
    }

    /** Asks the agent, with a token or without. */
    public HttpResponse<String> ask(URI agent, @Nullable X402AccessToken token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(agent.resolve("/prompt"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"prompt\":\"hello\"}"));
        if (token != null) {
            request.header(X402AccessToken.HEADER, token.expose());
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
