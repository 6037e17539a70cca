package ai.paybond.kit.sandbox.internal.paegents;

import ai.paybond.kit.wire.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every route: method, template, who may call it, and what it does. */
final class RouteTable {

    /** Whose credential a route takes. */
    enum Access {
        OPEN,
        AGENT,
        OWNER,
        OWNER_OR_AGENT
    }

    /** What a route does, under the service's lock. */
    @FunctionalInterface
    interface Work {
        JsonValue handle(Call call);
    }

    /** One route; {@code status} is that of success. */
    record Route(String method, List<String> template, Access access, int status, Work work) {}

    /** A route and what its template matched. */
    record Match(Route route, Map<String, String> parameters) {}

    private final List<Route> routes = new ArrayList<>();

    void add(String method, String template, Access access, Work work) {
        add(method, template, access, 200, work);
    }

    void add(String method, String template, Access access, int status, Work work) {
        routes.add(new Route(method, List.of(template.substring(1).split("/")), access, status, work));
    }

    void agent(String method, String template, Work work) {
        add(method, template, Access.AGENT, work);
    }

    void owner(String method, String template, Work work) {
        add(method, template, Access.OWNER, work);
    }

    void either(String method, String template, Work work) {
        add(method, template, Access.OWNER_OR_AGENT, work);
    }

    /** Literal segments go before parameters, so that {@code /webhooks/test} is no subscription. */
    Optional<Match> find(String method, List<String> path) {
        Match best = null;
        for (Route route : routes) {
            Optional<Match> match = match(route, method, path);
            if (match.isPresent()
                    && (best == null
                            || match.get().parameters().size()
                                    < best.parameters().size())) {
                best = match.get();
            }
        }
        return Optional.ofNullable(best);
    }

    private static Optional<Match> match(Route route, String method, List<String> path) {
        if (!route.method().equals(method) || route.template().size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String part = route.template().get(i);
            if (part.startsWith("{")) {
                parameters.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new Match(route, parameters));
    }
}
