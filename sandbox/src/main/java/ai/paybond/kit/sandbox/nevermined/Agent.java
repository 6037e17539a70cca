package ai.paybond.kit.sandbox.nevermined;

import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An agent, its endpoints and its plans. Guarded by the sandbox's lock. */
final class Agent {
    final String id;
    final String owner;
    final Set<String> plans = new LinkedHashSet<>();
    private JsonObject described;

    Agent(String id, String owner, JsonObject body) {
        this.id = id;
        this.owner = owner;
        this.described = checked(body);
    }

    void replace(JsonObject body) {
        described = checked(body);
    }

    private static JsonObject checked(JsonObject body) {
        Wanted.object(body, "metadataAttributes");
        Wanted.object(body, "agentApiAttributes");
        return body.without("plans");
    }

    String name() {
        return Wanted.object(described, "metadataAttributes").string("name").orElse("");
    }

    JsonObject describe() {
        return described.with("id", id).with("agentId", id).with("plans", List.copyOf(plans));
    }

    /** The registered endpoint that the call matches; an agent that registered none takes every call. */
    Optional<String> matching(String url, Optional<String> verb) {
        List<Map.Entry<String, String>> endpoints = endpoints().toList();
        if (endpoints.isEmpty()) {
            return Optional.of(url);
        }
        return endpoints.stream()
                .filter(endpoint ->
                        verb.map(endpoint.getKey()::equalsIgnoreCase).orElse(true))
                .map(Map.Entry::getValue)
                .filter(pattern -> matches(pattern, url))
                .findFirst();
    }

    private Stream<Map.Entry<String, String>> endpoints() {
        return Wanted.object(described, "agentApiAttributes").array("endpoints").stream()
                .flatMap(JsonArray::objectItems)
                .flatMap(endpoint -> endpoint.members().keySet().stream()
                        .map(verb -> Map.entry(verb, endpoint.string(verb).orElse(""))));
    }

    /** {@code :name} stands for one segment, {@code *name} for one or more; the rest is literal, queries do not count. */
    private static boolean matches(String pattern, String url) {
        String path = url.split("\\?", 2)[0];
        String regex = Stream.of(pattern.split("/", -1)).map(Agent::segment).collect(Collectors.joining("/"));
        return Pattern.matches(regex, path);
    }

    private static String segment(String segment) {
        if (segment.startsWith(":")) {
            return "[^/]+";
        }
        return segment.startsWith("*") ? ".+" : Pattern.quote(segment);
    }
}
