package ai.paybond.kit.sandbox.nevermined;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the sandbox serves. */
public enum NeverminedRoute {
    DEPLOYMENT("GET", "", true),
    CREATE_PERMISSION("POST", "api/v1/x402/permissions", false),
    VERIFY("POST", "api/v1/x402/verify", false),
    SETTLE("POST", "api/v1/x402/settle", false),
    CREATE_DELEGATION("POST", "api/v1/delegation/create", false),
    LIST_DELEGATIONS("GET", "api/v1/delegation", false),
    REGISTER_PLAN("POST", "api/v1/protocol/plans", false),
    LIST_PLANS("GET", "api/v1/protocol/plans", false),
    MINT("POST", "api/v1/protocol/plans/mint", false),
    MINT_EXPIRABLE("POST", "api/v1/protocol/plans/mintExpirable", false),
    GET_PLAN("GET", "api/v1/protocol/plans/*", true),
    PLAN_AGENTS("GET", "api/v1/protocol/plans/*/agents", true),
    ORDER_PLAN("POST", "api/v1/protocol/plans/*/order", false),
    PLAN_BALANCE("GET", "api/v1/protocol/plans/*/balance/*", true),
    REGISTER_AGENT("POST", "api/v1/protocol/agents", false),
    LIST_AGENTS("GET", "api/v1/protocol/agents", false),
    REGISTER_AGENT_AND_PLAN("POST", "api/v1/protocol/agents/plans", false),
    GET_AGENT("GET", "api/v1/protocol/agents/*", true),
    UPDATE_AGENT("PUT", "api/v1/protocol/agents/*", false),
    AGENT_PLANS("GET", "api/v1/protocol/agents/*/plans", true),
    LINK_PLAN("POST", "api/v1/protocol/agents/*/plan/*", false),
    UNLINK_PLAN("DELETE", "api/v1/protocol/agents/*/plan/*", false),
    TRACK_SUB_TASK("POST", "api/v1/protocol/agent-sub-tasks", false);

    private final String method;
    private final List<String> template;
    private final boolean open;

    NeverminedRoute(String method, String template, boolean open) {
        this.method = method;
        this.template = List.of(template.split("/"));
        this.open = open;
    }

    /** Whether it is served without a key. */
    public boolean isPublic() {
        return open;
    }

    static Optional<NeverminedRoute> of(String method, List<String> segments) {
        return Arrays.stream(values())
                .filter(route -> route.method.equals(method) && route.matches(segments))
                .findFirst();
    }

    private boolean matches(List<String> segments) {
        if (segments.size() != template.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!template.get(i).equals("*") && !template.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** What stands for the wildcards, in order. */
    List<String> parameters(List<String> segments) {
        return IntStream.range(0, segments.size())
                .filter(i -> template.get(i).equals("*"))
                .mapToObj(segments::get)
                .toList();
    }
}
