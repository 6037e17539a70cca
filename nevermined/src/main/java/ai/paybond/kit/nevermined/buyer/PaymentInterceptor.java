package ai.paybond.kit.nevermined.buyer;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.X402AccessToken;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a 402 by sending the request once more with an access token. What the wallet does not pay comes back as the 402 it is, and so
 * does a second 402. A request that carries a token already, or whose body cannot be sent twice, is left alone. Thread-safe.
 */
public final class PaymentInterceptor implements Interceptor {
    private static final Logger log = LoggerFactory.getLogger(PaymentInterceptor.class);

    private final Wallet wallet;

    private PaymentInterceptor(Wallet wallet) {
        this.wallet = Objects.requireNonNull(wallet, "wallet");
    }

    /** The client, paying. Tokens do not follow redirects to servers that the wallet does not know. */
    public static OkHttpClient.Builder install(Wallet wallet, OkHttpClient.Builder client) {
        return client.addInterceptor(new PaymentInterceptor(wallet))
                .addNetworkInterceptor(chain -> chain.proceed(withoutStrayToken(wallet, chain.request())));
    }

    private static Request withoutStrayToken(Wallet wallet, Request hop) {
        boolean isStray = hop.tag(X402AccessToken.class) != null
                && !wallet.knows(Wallet.origin(hop.url().uri()));
        return isStray ? hop.newBuilder().removeHeader(X402AccessToken.HEADER).build() : hop;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Response response = chain.proceed(request);
        if (response.code() != 402 || request.header(X402AccessToken.HEADER) != null || !isRepeatable(request)) {
            return response;
        }
        Optional<X402AccessToken> token = token(response);
        if (token.isEmpty()) {
            return response;
        }
        response.close();
        return pay(chain, request, token.get());
    }

    private static boolean isRepeatable(Request request) {
        @Nullable RequestBody body = request.body();
        return body == null || !body.isOneShot() && !body.isDuplex();
    }

    /** For the server that answered, which a redirect may have made another than was asked. */
    private Optional<X402AccessToken> token(Response response) {
        String header = response.header(PaymentRequired.HEADER);
        Optional<PaymentRequired> required = header == null ? Optional.empty() : PaymentRequired.fromHeader(header);
        try {
            return required.flatMap(
                    asked -> wallet.pay(Wallet.origin(response.request().url().uri()), asked.accepts()));
        } catch (PaybondException e) {
            log.warn("no access token could be minted: {}", e.code());
            return Optional.empty();
        }
    }

    private Response pay(Chain chain, Request request, X402AccessToken token) throws IOException {
        Optional<SettlementReceipt> receipt = Optional.empty();
        try {
            Response paid = chain.proceed(request.newBuilder()
                    .header(X402AccessToken.HEADER, token.expose())
                    .tag(X402AccessToken.class, token)
                    .build());
            if (paid.code() == 402) {
                wallet.forget(token);
            }
            receipt = Optional.ofNullable(paid.header(SettlementReceipt.HEADER)).flatMap(SettlementReceipt::fromHeader);
            return paid;
        } finally {
            wallet.end(receipt);
        }
    }
}
