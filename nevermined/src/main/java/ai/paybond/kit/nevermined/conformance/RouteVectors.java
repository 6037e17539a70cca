package ai.paybond.kit.nevermined.conformance;

import static ai.paybond.kit.nevermined.conformance.Cases.requireEqual;

import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.SettlementReceipt;
import ai.paybond.kit.nevermined.charge.ChargeDesk;
import ai.paybond.kit.nevermined.conformance.Cases.Departure;
import ai.paybond.kit.nevermined.http.Entry;
import ai.paybond.kit.nevermined.http.HeldBody;
import ai.paybond.kit.nevermined.http.PaidExchange;
import ai.paybond.kit.nevermined.http.PaidExchange.Completion;
import ai.paybond.kit.nevermined.http.PaidRoute;
import ai.paybond.kit.nevermined.http.PaidRoute.SettleWhen;
import ai.paybond.kit.nevermined.http.PaidRoutes;
import ai.paybond.kit.nevermined.http.PaymentDemand;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Paid routes, as the other SDKs' middlewares pay them. */
final class RouteVectors {
    private RouteVectors() {}

    private static Entry enter(ScriptedFacilitator facilitator, SettleWhen when, String path, @Nullable String token) {
        return PaidRoutes.builder(
                        ChargeDesk.builder(facilitator, "seller").build(),
                        planId -> PaymentScheme.crypto(NeverminedEnvironment.LIVE),
                        URI.create("https://agent.test"))
                .route(PaidRoute.of("POST", "/ask", "plan-123", 1).settling(when))
                .build()
                .enter("POST", path, null, token);
    }

    static void express(JsonObject entry) {
        String handler = Cases.text(entry, "handler");
        ScriptedFacilitator facilitator = ScriptedFacilitator.good();
        boolean gone = handler.startsWith("client gone");
        boolean listed = !handler.startsWith("route not listed");
        Entry entered = enter(
                facilitator,
                gone ? SettleWhen.AFTER_DELIVERY : SettleWhen.BEFORE_HEADERS,
                listed ? "/ask" : "/other",
                "token");
        Client client = new Client(handler.startsWith("422") ? 422 : 200, gone);
        if (entered instanceof Entry.Paid paid) {
            client.serve(paid.exchange(), handler.contains("streamed"));
        }
        requireEqual(listed, entered instanceof Entry.Paid);
        requireEqual(entry.integer("settle").orElse(0L), facilitator.settled.size());
        entry.integer("verify").ifPresent(count -> requireEqual(count, facilitator.verified.size()));
        entry.bool("payment_response").ifPresent(given -> requireEqual(given, client.hasReceipt));
        if (gone) {
            throw new Departure("only a route that settles after delivery notices that its client left");
        }
    }

    static void fastApi(JsonObject entry) {
        ScriptedFacilitator facilitator = ScriptedFacilitator.good();
        if (entry.object("verify").isPresent()) {
            facilitator = facilitator.verifying(Cases.object(entry, "verify"));
        }
        if (entry.string("settle").isPresent()) {
            facilitator = facilitator.settleThrows();
        }
        Entry entered = enter(facilitator, SettleWhen.BEFORE_HEADERS, "/ask", "token");
        Client client = new Client(200, false);
        int status = PaymentDemand.STATUS;
        if (entered instanceof Entry.Paid paid) {
            boolean raises = entry.string("handler").filter("raises"::equals).isPresent();
            status = raises ? client.fail(paid.exchange()) : client.serve(paid.exchange(), false);
        }
        requireEqual(entry.integer("status").orElse(200L), status);
        int settles = facilitator.settled.size();
        entry.integer("settle").ifPresent(count -> requireEqual(count, settles));
        entry.bool("payment_response").ifPresent(given -> requireEqual(given, client.hasReceipt));
    }

    /** What a 402 says to people. */
    static void body(JsonObject entry) {
        String when = Cases.text(entry, "when");
        ScriptedFacilitator facilitator = ScriptedFacilitator.good();
        JsonObject expected = Cases.object(entry, "body");
        if (when.equals("isValid=false, no reason")) {
            facilitator = facilitator.verifying(
                    JsonObject.builder().put("isValid", false).build());
        } else if (when.startsWith("isValid=false")) {
            facilitator = facilitator.verifying(JsonObject.builder()
                    .put("isValid", false)
                    .put("invalidReason", Cases.text(expected, "message"))
                    .build());
        } else if (when.equals("verify threw")) {
            throw new Departure("what went wrong with the backend is not told to callers");
        }
        Entry entered = enter(facilitator, SettleWhen.BEFORE_HEADERS, "/ask", when.equals("no token") ? null : "token");
        requireEqual(expected, ((Entry.Unpaid) entered).demand().body());
    }

    /** A server with one client. */
    private static final class Client implements HeldBody.Wire {
        private final int status;
        private final boolean gone;
        private boolean hasReceipt;

        Client(int status, boolean gone) {
            this.status = status;
            this.gone = gone;
        }

        int serve(PaidExchange exchange, boolean streamed) {
            try (HeldBody body = new HeldBody(exchange, this)) {
                body.write(new byte[] {'h', 'i'});
                if (streamed) {
                    body.flush();
                }
            } catch (IOException e) {
                if (!gone) {
                    throw new UncheckedIOException(e);
                }
            }
            return status;
        }

        int fail(PaidExchange exchange) {
            exchange.cancel();
            return 500;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public OutputStream stream() {
            return gone ? new Closed() : new ByteArrayOutputStream();
        }

        @Override
        public void send(Completion completion, byte[] body) {
            hasReceipt = Optional.ofNullable(completion.headers().get(SettlementReceipt.HEADER))
                    .isPresent();
        }
    }

    private static final class Closed extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("the client is gone");
        }
    }
}
