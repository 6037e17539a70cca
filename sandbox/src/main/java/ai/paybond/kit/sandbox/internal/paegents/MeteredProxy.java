package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.internal.http.RawReply;
import ai.paybond.kit.sandbox.internal.http.RawRequest;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forwards calls to the seller and counts units: what the seller says in {@code X-Usage-Units}, otherwise one. A read is
 * answered from a copy for five seconds. Touched under the service's lock only.
 */
final class MeteredProxy {
    private static final Duration CACHED = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final World world;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Set<String> nonces = new HashSet<>();
    private final Map<String, Copy> copies = new HashMap<>();

    private record Copy(RawReply reply, Instant until) {}

    MeteredProxy(World world) {
        this.world = world;
    }

    RawReply handle(RawRequest request, String agentId) {
        Deal deal = world.deals.get(request.path().get(1));
        if (deal == null || !deal.buyer.equals(agentId)) {
            throw Refusal.notFound();
        }
        world.upToDate(deal);
        requireFreshNonce(request);
        List<String> path = request.path().subList(2, request.path().size());
        if (path.equals(List.of("status"))) {
            return RawReply.json(200, usage(deal));
        }
        Agreements.requireUsable(deal);
        Refusal.unless(deal.unitsUsed < deal.quantity, 409, "units_exhausted", "No units are left.");
        return request.method().equals("GET") ? read(deal, request, path) : charged(deal, request, path);
    }

    private void requireFreshNonce(RawRequest request) {
        String nonce = request.header("x-request-nonce").orElse("");
        Refusal.unless(!nonce.isEmpty(), 400, "nonce_missing", "A metered call needs a nonce.");
        Refusal.unless(nonces.add(nonce), 409, "nonce_reused", "The nonce was used before.");
    }

    private static JsonObject usage(Deal deal) {
        return JsonObject.builder()
                .put("agreement_id", deal.id)
                .put("units_used", deal.unitsUsed)
                .put("units_total", deal.quantity)
                .put("units_remaining", deal.quantity - deal.unitsUsed)
                .put("status", deal.status)
                .put("escrow_status", Activations.escrowStatus(deal))
                .put("unit", deal.request.string("unit").orElse("unit"))
                .put("price_per_unit_cents", deal.priceCents)
                .build();
    }

    private RawReply read(Deal deal, RawRequest request, List<String> path) {
        String key = deal.id + " " + path + " " + request.query();
        Copy copy = copies.get(key);
        if (copy != null && world.now().isBefore(copy.until())) {
            return copy.reply();
        }
        RawReply reply = charged(deal, request, path);
        copies.put(key, new Copy(reply, world.now().plus(CACHED)));
        return reply;
    }

    private RawReply charged(Deal deal, RawRequest request, List<String> path) {
        JsonObject service = world.services.getOrDefault(
                deal.request.string("service_id").orElse(""),
                JsonObject.builder().build());
        HttpResponse<byte[]> answer = forward(service, request, path);
        if (answer.statusCode() < 200 || answer.statusCode() >= 300) {
            throw new Refusal(502, "seller_error", "The seller answered " + answer.statusCode() + ".");
        }
        long units = answer.headers()
                .firstValue("x-usage-units")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::valueOf)
                .orElse(1L);
        Agreements.use(deal, units);
        String type = answer.headers().firstValue("content-type").orElse("application/json");
        return new RawReply(
                answer.statusCode(), type, answer.body(), Map.of("X-Usage-Units", Long.toString(units)), false);
    }

    private HttpResponse<byte[]> forward(JsonObject service, RawRequest request, List<String> path) {
        String base = service.string("api_base_url")
                .orElseThrow(() -> new Refusal(502, "seller_endpoint_missing", "The service names no endpoint."));
        HttpRequest forwarded = HttpRequest.newBuilder(URI.create(base + "/" + String.join("/", path)))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("X-API-Key", service.string("api_key").orElse("none"))
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()))
                .build();
        try {
            return client.send(forwarded, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Refusal(502, "seller_unreachable", "The seller did not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "interrupted", "The sandbox is stopping.");
        }
    }
}
