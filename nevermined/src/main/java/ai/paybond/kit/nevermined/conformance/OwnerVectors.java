package ai.paybond.kit.nevermined.conformance;

import static ai.paybond.kit.nevermined.conformance.Cases.object;
import static ai.paybond.kit.nevermined.conformance.Cases.requireEqual;
import static ai.paybond.kit.nevermined.conformance.Cases.text;
import static ai.paybond.kit.nevermined.conformance.Cases.texts;
import static ai.paybond.kit.nevermined.conformance.Cases.utf8;

import ai.paybond.kit.nevermined.AgentRegistration;
import ai.paybond.kit.nevermined.AgentRegistration.Endpoint;
import ai.paybond.kit.nevermined.CreditsConfig;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.Page;
import ai.paybond.kit.nevermined.PageQuery;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.PlanBalance;
import ai.paybond.kit.nevermined.PlanRegistration;
import ai.paybond.kit.nevermined.PriceConfig;
import ai.paybond.kit.nevermined.ProcessingRequest;
import ai.paybond.kit.nevermined.SubTask;
import ai.paybond.kit.nevermined.TransactionReply;
import ai.paybond.kit.nevermined.Verification;
import ai.paybond.kit.nevermined.http.RoutePattern;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Plans, agents, lists, balances, and the Requests API. */
final class OwnerVectors {
    static final Map<String, Consumer<Cases>> RUNNERS = Map.of(
            "nevermined-registration.json", OwnerVectors::registration,
            "nevermined-requests-api.json", OwnerVectors::requestsApi);

    private OwnerVectors() {}

    private static void registration(Cases file) {
        file.object("register_plan", entry -> {
            JsonObject body = object(entry, "body");
            requireEqual(
                    body.without("nonce"), plan(body).toJson(BigInteger.ONE).without("nonce"));
            file.object("register_agent_and_plan", both -> registeredTogether(both, body));
        });
        file.object("register_agent", entry -> {
            JsonObject body = object(entry, "body");
            requireEqual(body, agent(body).toJson(texts(body, "plans")));
        });
        file.object("list", entry -> {
            PageQuery query = new PageQuery(1, 100, true, "org-acme");
            requireEqual(text(entry, "query").replace("[", "").replace("]", ""), joined(query.own()));
            Page page = Page.read(object(entry, "response"), "agents");
            requireEqual(object(entry, "response").get("total"), page.total());
            requireEqual(object(entry, "response").get("agents"), page.items());
        });
        file.equal("pagination_public_lists", () -> joined(new PageQuery(1, 10, true, null).linked()));
        file.object("balance", OwnerVectors::balance);
        file.object(
                "enums",
                enums -> requireEqual(
                        object(enums, "redemptionType").get("ONLY_SUBSCRIBER"), CreditsConfig.ONLY_SUBSCRIBER));
        file.information("note");
    }

    private static PlanRegistration plan(JsonObject body) {
        JsonObject price = object(body, "priceConfig");
        JsonObject credits = object(body, "creditsConfig");
        return PlanRegistration.named(
                text(object(body, "metadataAttributes"), "name"),
                PriceConfig.fiat(
                        new BigInteger(texts(price, "amounts").get(0)),
                        text(price, "currency"),
                        texts(price, "receivers").get(0)),
                CreditsConfig.fixed(
                        new BigInteger(text(credits, "amount")), new BigInteger(text(credits, "minAmount"))));
    }

    private static AgentRegistration agent(JsonObject body) {
        JsonObject api = object(body, "agentApiAttributes");
        return new AgentRegistration(
                object(body, "metadataAttributes"),
                api.with("endpoints", endpoints(body).api().get("endpoints")));
    }

    private static AgentRegistration endpoints(JsonObject body) {
        List<Endpoint> endpoints = object(body, "agentApiAttributes").array("endpoints").stream()
                .flatMap(JsonArray::objectItems)
                .flatMap(entry -> entry.members().keySet().stream().map(verb -> new Endpoint(verb, text(entry, verb))))
                .toList();
        return AgentRegistration.named(text(object(body, "metadataAttributes"), "name"), endpoints);
    }

    private static void registeredTogether(JsonObject both, JsonObject planBody) {
        JsonObject body = object(both, "body");
        JsonObject expected = body.with(
                "plan",
                object(body, "plan")
                        .with("priceConfig", planBody.get("priceConfig"))
                        .with("creditsConfig", planBody.get("creditsConfig")));
        requireEqual(expected, endpoints(object(body, "agent")).toJson(plan(planBody)));
    }

    private static void balance(JsonObject entry) {
        PlanBalance balance = new PlanBalance(entry);
        requireEqual(entry.get("planId"), balance.planId().orElse(null));
        requireEqual(entry.get("holderAddress"), balance.holderAddress().orElse(null));
        requireEqual(
                entry.get("balance"),
                balance.balance().map(BigInteger::toString).orElse(null));
        requireEqual(entry.get("isSubscriber"), balance.isSubscriber());
    }

    private static String joined(Map<String, String> query) {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
    }

    private static void requestsApi(Cases file) {
        file.object("current", current -> subTask(object(current, "track_sub_task")));
        file.object("legacy_removed", OwnerVectors::legacy);
        file.object("endpoint_matching", matching -> matching.array("examples")
                .map(JsonArray::objectItems)
                .orElseThrow()
                .forEach(OwnerVectors::endpoint));
    }

    private static void subTask(JsonObject entry) {
        JsonObject body = object(object(entry, "request"), "body");
        SubTask task = SubTask.of(text(body, "agentRequestId"), SubTask.Status.valueOf(text(body, "status")))
                .credits(BigInteger.valueOf(body.integer("creditsToRedeem").orElseThrow()))
                .described(text(body, "tag"), text(body, "description"));
        requireEqual(body, task.toJson());
        requireEqual(
                entry.get("status_enum"),
                Arrays.stream(SubTask.Status.values()).map(Enum::name).toList());
        TransactionReply reply = new TransactionReply(object(entry, "response"));
        requireEqual(reply.json().get("success"), reply.success());
        requireEqual(reply.json().get("txHash"), reply.transactionHash().orElse(null));
    }

    /** The removed calls as an adapter over verify: their answer is what verify says of the request. */
    private static void legacy(JsonObject removed) {
        JsonObject answer = object(object(removed, "startProcessingRequest"), "response");
        PaymentRequired required = PaymentRequired.forPlan(
                        text(object(answer, "balance"), "planId"), PaymentScheme.crypto(NeverminedEnvironment.SANDBOX))
                .build();
        JsonObject reply = JsonObject.of(
                Map.of("isValid", true, "agentRequestId", text(answer, "agentRequestId"), "agentRequest", answer));
        ProcessingRequest request = new ProcessingRequest(required, Verification.of(200, utf8(reply)));
        requireEqual(answer.get("agentRequestId"), request.agentRequestId().orElse(null));
        requireEqual(
                object(answer, "balance").get("isSubscriber"),
                request.balance().map(PlanBalance::isSubscriber).orElse(null));
        requireEqual(true, request.isValidRequest());
    }

    private static void endpoint(JsonObject example) {
        RoutePattern pattern =
                RoutePattern.of("POST", URI.create(text(example, "pattern")).getRawPath());
        if (example.has("named")) {
            requireEqual(example.get("named"), pattern.names());
            requireEqual(true, pattern.matches("POST", "/api/v1/agents/1/tasks/2"));
            requireEqual(false, pattern.matches("POST", "/api/v1/agents/1/tasks"));
        } else {
            requireEqual(true, pattern.matches("POST", "/api/v1/agents/1"));
            requireEqual(true, pattern.matches("POST", "/api/v1/agents/1/2"));
            requireEqual(false, pattern.matches("POST", "/api/v1/agents"));
        }
    }
}
