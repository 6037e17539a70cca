package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.nevermined.Shop;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What the tests of every server share: the same routes, and a client. */
public final class PaidServers {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private PaidServers() {}

    /** {@code /paid/:what} charged before the headers, {@code /late/:what} after delivery, both for one credit. */
    public static PaidRoutes routes(Shop shop) {
        return PaidRoutes.builder(
                        ChargeDesk.builder(shop.seller).build(),
                        shop.seller.schemes(Clock.systemUTC())::resolve,
                        URI.create(Shop.ADDRESS))
                .route(PaidRoute.of("GET", "/paid/:what", shop.planId, 1))
                .route(PaidRoute.of("GET", "/late/:what", shop.planId, 1).settling(PaidRoute.SettleWhen.AFTER_DELIVERY))
                .build();
    }

    /** A GET, with a token or without. */
    public static HttpResponse<String> get(URI server, String path, @Nullable X402AccessToken token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        if (token != null) {
            request.header(X402AccessToken.HEADER, token.expose());
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
