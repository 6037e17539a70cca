package ai.paybond.kit.examples.paegents;

import ai.paybond.kit.examples.http.JsonExchange;
import ai.paybond.kit.examples.http.LoopbackServer;
import ai.paybond.kit.wire.json.JsonObject;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** A seller's own endpoint: answers everything with a text, and counts. */
public final class TextSeller implements AutoCloseable {
    private final AtomicInteger served;
    private final LoopbackServer server;

    private TextSeller(AtomicInteger served, LoopbackServer server) {
        this.served = served;
        this.server = server;
    }

    public static TextSeller start() {
        return start(() -> {});
    }

    /** @param served is run after a request took effect and before it is answered */
    public static TextSeller start(Runnable served) {
        AtomicInteger count = new AtomicInteger();
        LoopbackServer server = LoopbackServer.start(exchange -> {
            JsonExchange request = new JsonExchange(exchange);
            request.body();
            count.incrementAndGet();
            served.run();
            request.reply(200, JsonObject.builder().put("text", "bonjour").build());
        });
        return new TextSeller(count, server);
    }

    public URI url() {
        return server.uri();
    }

    /** How often it was asked. */
    public int served() {
        return served.get();
    }

    @Override
    public void close() {
        server.close();
    }
}
