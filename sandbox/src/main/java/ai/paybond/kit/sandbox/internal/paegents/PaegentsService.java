package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.sandbox.internal.http.RawReply;
import ai.paybond.kit.sandbox.internal.http.RawRequest;
import ai.paybond.kit.sandbox.internal.paegents.RouteTable.Access;
import ai.paybond.kit.sandbox.internal.paegents.RouteTable.Match;
import ai.paybond.kit.sandbox.paegents.PaegentsAgent;
import ai.paybond.kit.sandbox.paegents.PaegentsFault;
import ai.paybond.kit.sandbox.paegents.PaegentsRequest;
import ai.paybond.kit.sandbox.paegents.SimulatedChain;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Answers requests one after the other: authenticates, replays what was answered under the same idempotency key, and hands
 * over to the route. Thread-safe.
 */
public final class PaegentsService implements AutoCloseable {
    private final World world;
    private final WebhookSender sender;
    private final RouteTable routes = new RouteTable();
    private final MeteredProxy proxy;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final Map<String, Deque<PaegentsFault>> faults = new LinkedHashMap<>();
    private final Map<String, UnaryOperator<JsonObject>> lies = new LinkedHashMap<>();
    private final List<PaegentsRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Consumer<PaegentsRequest>> watchers = new CopyOnWriteArrayList<>();

    /** An answer that is given again under the same key. */
    private record Kept(String fingerprint, RawReply reply) {}

    /** Who is calling. */
    private record Caller(String agentId, boolean owner) {}

    public PaegentsService(Clock clock, SimulatedChain chain, JsonObject profile) {
        this.sender = new WebhookSender(clock);
        this.world = new World(clock, chain, profile, sender);
        this.proxy = new MeteredProxy(world);
        PolicyGate policies = new PolicyGate(world);
        policies.mount(routes);
        world.events.mount(routes);
        new Agreements(world, policies).mount(routes);
        new Activations(world, policies).mount(routes);
        new Settlements(world).mount(routes);
        new MandateRoutes(world, policies).mount(routes);
        new CatalogueRoutes(world).mount(routes);
    }

    /** Makes an agent with credentials of its own. */
    public synchronized PaegentsAgent register(String id) {
        PaegentsAgent agent = new PaegentsAgent(id, "sk_sandbox_" + world.hex(16), "jwt." + world.hex(16) + ".owner");
        world.agents.put(id, agent);
        return agent;
    }

    /** Lets the next request whose method and path end like this go wrong. */
    public synchronized void failNext(String methodAndPathEnd, PaegentsFault fault) {
        faults.computeIfAbsent(methodAndPathEnd, unused -> new ArrayDeque<>()).add(fault);
    }

    /** Alters every reply of success to requests whose method and path end like this. */
    public synchronized void alter(String methodAndPathEnd, UnaryOperator<JsonObject> lie) {
        lies.put(methodAndPathEnd, lie);
    }

    /** Is told of each request before it is judged, on its thread and outside the lock. */
    public void watch(Consumer<PaegentsRequest> watcher) {
        watchers.add(watcher);
    }

    /** Every request so far. */
    public List<PaegentsRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many units of an agreement count as used. */
    public synchronized long unitsUsed(String agreementId) {
        return Optional.ofNullable(world.deals.get(agreementId))
                .map(deal -> deal.unitsUsed)
                .orElse(0L);
    }

    /** Waits until every webhook so far was tried. */
    public void awaitWebhooks() {
        sender.await();
    }

    /** Answers one request. */
    public RawReply handle(RawRequest request) {
        PaegentsRequest received = new PaegentsRequest(
                request.method(),
                "/" + String.join("/", request.path()),
                request.headers(),
                new String(request.body(), StandardCharsets.UTF_8));
        requests.add(received);
        watchers.forEach(watcher -> watcher.accept(received));
        Optional<PaegentsFault> fault = fault(received);
        if (fault.isPresent() && !fault.get().handled()) {
            return spoiled(fault.get());
        }
        RawReply reply = altered(received, judged(request));
        return fault.map(PaegentsService::spoiled).orElse(reply);
    }

    private synchronized Optional<PaegentsFault> fault(PaegentsRequest request) {
        String name = request.toString();
        return faults.entrySet().stream()
                .filter(entry ->
                        matches(name, entry.getKey()) && !entry.getValue().isEmpty())
                .findFirst()
                .map(entry -> entry.getValue().poll());
    }

    private synchronized RawReply altered(PaegentsRequest request, RawReply reply) {
        return lies.entrySet().stream()
                .filter(lie -> reply.status() < 300 && matches(request.toString(), lie.getKey()))
                .findFirst()
                .map(lie -> RawReply.json(reply.status(), lie.getValue().apply(JsonObject.parse(reply.body()))))
                .orElse(reply);
    }

    private static boolean matches(String name, String methodAndPathEnd) {
        String[] parts = methodAndPathEnd.split(" ", 2);
        return name.startsWith(parts[0] + " ") && name.endsWith(parts[1]);
    }

    private static RawReply spoiled(PaegentsFault fault) {
        if (fault.status() == 0) {
            return RawReply.none();
        }
        RawReply reply = RawReply.json(
                fault.status(), new Refusal(fault.status(), "injected_fault", "Injected by the sandbox.").body());
        return fault.retryAfter()
                .map(seconds -> reply.withHeader("Retry-After", seconds))
                .orElse(reply);
    }

    private synchronized RawReply judged(RawRequest request) {
        try {
            return answer(request);
        } catch (Refusal e) {
            return RawReply.json(e.status(), e.body());
        } catch (WireException | ArithmeticException e) {
            return RawReply.json(
                    422, Refusal.invalid("The request cannot be read.").body());
        }
    }

    private RawReply answer(RawRequest request) {
        if (request.path().size() >= 3 && request.path().get(0).equals("metered-proxy")) {
            return proxy.handle(request, caller(request, Access.AGENT).agentId());
        }
        Match match = routes.find(request.method(), request.path()).orElseThrow(Refusal::notFound);
        Caller caller = caller(request, match.route().access());
        String key = request.header("idempotency-key").orElse("");
        if (request.method().equals("GET") || key.isEmpty()) {
            return work(match, request, caller);
        }
        return once(
                caller.agentId() + " " + request.method() + " " + request.path() + " " + key, match, request, caller);
    }

    /** The same key gives the same answer, unless the answer was one that may change. */
    private RawReply once(String scope, Match match, RawRequest request, Caller caller) {
        String fingerprint = new String(request.body(), StandardCharsets.UTF_8);
        Kept earlier = kept.get(scope);
        if (earlier != null) {
            Refusal.unless(
                    earlier.fingerprint().equals(fingerprint),
                    409,
                    "idempotency_conflict",
                    "The key was used with another body.");
            return earlier.reply();
        }
        RawReply reply = work(match, request, caller);
        boolean waits = new String(reply.body(), StandardCharsets.UTF_8).contains("\"approval_required\":true");
        if (!waits) {
            kept.put(scope, new Kept(fingerprint, reply));
        }
        return reply;
    }

    private RawReply work(Match match, RawRequest request, Caller caller) {
        JsonObject body = request.body().length == 0 ? JsonObject.builder().build() : JsonObject.parse(request.body());
        Call call = new Call(match.parameters(), request.query(), body, caller.agentId(), caller.owner());
        JsonValue result = match.route().work().handle(call);
        return RawReply.json(match.route().status(), result);
    }

    private Caller caller(RawRequest request, Access access) {
        String bearer = request.header("authorization")
                .filter(header -> header.startsWith("Bearer "))
                .map(header -> header.substring(7))
                .orElse(request.header("x-api-key").orElse(""));
        Optional<PaegentsAgent> agent = world.agentByKey(bearer);
        Optional<PaegentsAgent> owned = world.agentByOwner(bearer);
        boolean byAgent = agent.isPresent() && access != Access.OWNER;
        boolean byOwner = owned.isPresent() && (access == Access.OWNER || access == Access.OWNER_OR_AGENT);
        if (access == Access.OPEN) {
            return new Caller("", false);
        }
        Refusal.unless(agent.isPresent() || owned.isPresent(), 401, "invalid_api_key", "The credential is unknown.");
        Refusal.unless(byAgent || byOwner, 403, "forbidden", "The route takes another credential.");
        return byAgent
                ? new Caller(agent.orElseThrow().id(), false)
                : new Caller(owned.orElseThrow().id(), true);
    }

    @Override
    public void close() {
        sender.close();
    }
}
