package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends webhooks, signed, one after the other, and keeps what came of it. Thread-safe. */
final class WebhookSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Clock clock;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "paegents-sandbox-webhooks");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ConcurrentLinkedQueue<Order> orders = new ConcurrentLinkedQueue<>();
    private final Map<String, String> statuses = new ConcurrentHashMap<>();

    /** One event for one subscriber. */
    record Order(String id, String agent, URI url, String secret, JsonObject event) {
        JsonObject json(String status) {
            return JsonObject.builder()
                    .put("id", id)
                    .put("event_id", event.string("event_id").orElse(""))
                    .put("type", event.string("type").orElse(""))
                    .put("status", status)
                    .build();
        }
    }

    WebhookSender(Clock clock) {
        this.clock = clock;
    }

    void send(Order order) {
        orders.add(order);
        statuses.put(order.id(), "pending");
        worker.execute(() -> statuses.put(order.id(), deliver(order) ? "delivered" : "failed"));
    }

    boolean replay(String agent, String id) {
        return orders.stream()
                .filter(order -> order.id().equals(id) && order.agent().equals(agent))
                .findFirst()
                .map(order -> {
                    worker.execute(() -> statuses.put(id, deliver(order) ? "delivered" : "failed"));
                    return true;
                })
                .orElse(false);
    }

    List<JsonObject> deliveriesOf(String agent) {
        return orders.stream()
                .filter(order -> order.agent().equals(agent))
                .map(order -> order.json(statuses.getOrDefault(order.id(), "pending")))
                .toList();
    }

    private boolean deliver(Order order) {
        byte[] body = order.event().toJson().getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(order.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Paegents-Signature", signature(order.secret(), body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 300;
        } catch (IOException e) {
            log.debug("a webhook could not be delivered", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String signature(String secret, byte[] body) {
        long seconds = clock.instant().getEpochSecond();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + seconds + ", v1=" + Hex.encode(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    /** Waits for what was sent so far. */
    void await() {
        try {
            worker.submit(() -> {}).get(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("webhooks are stuck", e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
