package ai.paybond.kit.sandbox.internal.protocol;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import java.util.List;

/** The agent card and the settlement task contracts of A2A: public, the same for everyone, and camel case throughout. */
public final class A2aEndpoints {
    private static final String CARD = "/.well-known/agent-card.json";
    private static final String CONTRACTS = "/protocol/v2/a2a/task-contracts";

    public List<Route> routes() {
        return List.of(
                Route.open(SandboxRoute.A2A, "GET", CARD, this::card),
                Route.open(SandboxRoute.A2A, "GET", "/protocol/v2/a2a/agent-card", this::card),
                Route.open(SandboxRoute.A2A, "GET", CONTRACTS, this::contracts),
                Route.open(SandboxRoute.A2A, "GET", CONTRACTS + "/{id}", this::contract));
    }

    private Reply card(Request request, Caller caller, Session session) {
        String base = base(request);
        return Reply.ok(JsonObject.builder()
                .put("name", "Paybond Protocol Trust Delegation")
                .put("description", "Binds agent mandates to settlement intents. A sandbox: no money moves.")
                .put(
                        "supportedInterfaces",
                        List.of(JsonObject.builder()
                                .put("url", base + "/protocol/v2")
                                .put("protocolBinding", "HTTP+JSON")
                                .put("protocolVersion", "1.0")
                                .build()))
                .put("version", "2.0.0-preview")
                .put(
                        "capabilities",
                        JsonObject.builder()
                                .put("streaming", false)
                                .put("pushNotifications", false)
                                .build())
                .put("defaultInputModes", List.of("application/json"))
                .put("defaultOutputModes", List.of("application/json"))
                .put("skills", List.of(skill()))
                .build());
    }

    private static JsonObject skill() {
        return JsonObject.builder()
                .put("id", "settlement.intent.create")
                .put("name", "Create a settlement intent")
                .put("description", "Creates an intent within a signed mandate.")
                .put("tags", List.of("settlement", "mandate"))
                .build();
    }

    private Reply contracts(Request request, Caller caller, Session session) {
        String base = base(request);
        return Reply.ok(JsonObject.builder()
                .put("schemaVersion", 1)
                .put("kind", "paybond.a2a.settlement_task_contracts_v1")
                .put("agentCardUrl", base + CARD)
                .put(
                        "contracts",
                        TaskContract.ALL.stream().map(c -> c.toJson(base)).toList())
                .build());
    }

    private Reply contract(Request request, Caller caller, Session session) {
        String id = request.parameters().getOrDefault("id", "");
        return TaskContract.ALL.stream()
                .filter(contract -> contract.id().equals(id))
                .findFirst()
                .map(contract -> Reply.ok(contract.toJson(base(request))))
                .orElseThrow(() -> ApiException.flat(404, "not_found", "There is no such task contract."));
    }

    private static String base(Request request) {
        return "http://" + request.header("host").orElse("127.0.0.1");
    }

    /** One phase of a settlement that an agent may be asked to take part in. */
    private record TaskContract(String id, String name, String description, String route, String phase) {
        static final List<TaskContract> ALL = List.of(
                new TaskContract(
                        "paybond.settlement.intent.create.v1",
                        "Create a settlement intent",
                        "The principal's agent creates and funds an intent within its mandate.",
                        "/harbor/intents",
                        "authorize"),
                new TaskContract(
                        "paybond.settlement.evidence.submit.v1",
                        "Submit evidence",
                        "The payee's agent proves that the intent was fulfilled.",
                        "/harbor/intents/{id}/evidence",
                        "fulfil"),
                new TaskContract(
                        "paybond.settlement.confirm.v1",
                        "Confirm settlement",
                        "An operator has the intent released or refunded, as its evidence says.",
                        "/harbor/intents/{id}/settlement/confirm",
                        "settle"));

        JsonObject toJson(String base) {
            return JsonObject.builder()
                    .put("schemaVersion", 1)
                    .put("kind", "paybond.a2a.settlement_task_contract_v1")
                    .put("id", id)
                    .put("name", name)
                    .put("description", description)
                    .put("url", base + CONTRACTS + "/" + id)
                    .put("routeBindings", List.of(base + route))
                    .put("requiredTrustArtifacts", List.of("paybond.agent_mandate_v1"))
                    .put("settlementPhases", List.of(phase))
                    .put("participants", List.of(participant("principal"), participant("payee")))
                    .put("inputModes", List.of("application/json"))
                    .put("outputModes", List.of("application/json"))
                    .put("inputFields", List.of(field("signed_mandate", "object")))
                    .put("resultFields", List.of(field("intent_id", "string"), field("state", "string")))
                    .build();
        }

        private static JsonObject participant(String role) {
            return JsonObject.builder()
                    .put("role", role)
                    .put("required", true)
                    .put("description", "The " + role + " of the intent.")
                    .build();
        }

        private static JsonObject field(String name, String type) {
            return JsonObject.builder()
                    .put("name", name)
                    .put("type", type)
                    .put("required", true)
                    .put("description", "See the route.")
                    .build();
        }
    }
}
