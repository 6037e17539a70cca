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
import ai.paybond.kit.wire.json.JsonNull;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        boolean listed = !handler.contains("not listed");
        Entry entered = enter(
                facilitator,
                gone ? SettleWhen.AFTER_DELIVERY : SettleWhen.BEFORE_HEADERS,
                listed ? "/ask" : "/other",
                "token");
        int takes = gone ? handler.contains("before") ? 0 : 1 : Integer.MAX_VALUE;
        Client client = new Client(status(handler), takes);
        if (entered instanceof Entry.Paid paid) {
            client.serve(paid.exchange(), handler.contains("stream"), fails(handler));
        }
        requireEqual(listed, entered instanceof Entry.Paid);
        entry.integer("settle").ifPresent(count -> requireEqual(count, facilitator.settled.size()));
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
        } else if (entry.string("verify").filter(RouteVectors::fails).isPresent()) {
            facilitator = facilitator.verifyThrows();
        }
        if (entry.string("settle").filter(RouteVectors::fails).isPresent()) {
            facilitator = facilitator.settleThrows();
        }
        String handler = entry.string("handler").orElse("200");
        String token = handler.contains("no token") || entry.get("token") instanceof JsonNull ? null : "token";
        Entry entered = enter(facilitator, SettleWhen.BEFORE_HEADERS, "/ask", token);
        Client client = new Client(status(handler), Integer.MAX_VALUE);
        int given = PaymentDemand.STATUS;
        if (entered instanceof Entry.Paid paid) {
            given = client.serve(paid.exchange(), handler.contains("stream"), fails(handler));
        }
        int status = given;
        entry.integer("status").ifPresent(expected -> requireEqual(expected, status));
        int settles = facilitator.settled.size();
        entry.integer("settle").ifPresent(count -> requireEqual(count, settles));
        entry.bool("payment_response").ifPresent(has -> requireEqual(has, client.hasReceipt));
    }

    private static int status(String handler) {
        Matcher digits = Pattern.compile("\\b[1-5][0-9]{2}\\b").matcher(handler);
        return digits.find() ? Integer.parseInt(digits.group()) : 200;
    }

    private static boolean fails(String what) {
        return what.contains("raises") || what.contains("throws");
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

    /** A server whose one client takes so many writes and then leaves. */
    private static final class Client implements HeldBody.Wire {
        private final int status;
        private final int takes;
        private boolean hasReceipt;

        Client(int status, int takes) {
            this.status = status;
            this.takes = takes;
        }

        int serve(PaidExchange exchange, boolean streamed, boolean fails) {
            if (fails) {
                exchange.cancel();
                return 500;
            }
            try (HeldBody body = new HeldBody(exchange, this)) {
                body.write(new byte[] {'h', 'i'});
                if (streamed || takes < Integer.MAX_VALUE) {
                    body.flush();
                    body.write(new byte[] {'!'});
                }
            } catch (IOException e) {
                if (takes == Integer.MAX_VALUE) {
                    throw new UncheckedIOException(e);
                }
            }
            return status;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public OutputStream stream() {
            return new Line(takes);
        }

        @Override
        public void send(Completion completion, byte[] body) {
            hasReceipt = completion.headers().containsKey(SettlementReceipt.HEADER);
        }
    }

    private static final class Line extends OutputStream {
        private int left;

        Line(int takes) {
            this.left = takes;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (left-- <= 0) {
                throw new IOException("the client is gone");
            }
        }
    }
}
