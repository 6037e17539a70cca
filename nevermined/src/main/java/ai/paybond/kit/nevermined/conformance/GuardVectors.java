package ai.paybond.kit.nevermined.conformance;

import static ai.paybond.kit.nevermined.conformance.Cases.object;
import static ai.paybond.kit.nevermined.conformance.Cases.requireEqual;
import static ai.paybond.kit.nevermined.conformance.Cases.text;

import ai.paybond.kit.guard.CallReceipt;
import ai.paybond.kit.guard.SpendRule;
import ai.paybond.kit.guard.ToolCall;
import ai.paybond.kit.guard.ToolDeclaration;
import ai.paybond.kit.guard.ToolOutcome;
import ai.paybond.kit.guard.ToolRegistry;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.NeverminedException;
import ai.paybond.kit.nevermined.PaymentRequired;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.X402AccessToken;
import ai.paybond.kit.nevermined.charge.DeliveryPolicy;
import ai.paybond.kit.nevermined.conformance.Cases.Departure;
import ai.paybond.kit.nevermined.rail.NeverminedRail;
import ai.paybond.kit.nevermined.rail.ToolPlan;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonString;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Guarded tools, as the other SDKs' wrappers guard them; results are delivered whatever comes of settling, as they do. */
final class GuardVectors {
    static final Map<String, Consumer<Cases>> RUNNERS = Map.of("nevermined-tool-guard.json", GuardVectors::toolGuard);

    private static final X402AccessToken TOKEN = X402AccessToken.of("A".repeat(40));
    private static final NeverminedApiKey KEY = NeverminedApiKey.of("live:a.b.c");

    private GuardVectors() {}

    private static void toolGuard(Cases file) {
        file.each("python_langchain", GuardVectors::langChain);
        file.each("python_strands", GuardVectors::strands);
        file.each("ts_langchain", GuardVectors::typeScript);
        file.each("express", RouteVectors::express);
        file.each("fastapi", RouteVectors::fastApi);
        file.each("token_abbreviation", GuardVectors::abbreviation);
        file.information("environment_in_all_cases");
    }

    /** One tool, sold for some credits, called once. */
    private record Run(ScriptedFacilitator asked, NeverminedRail rail, ToolOutcome<String> outcome) {
        static Run of(
                ScriptedFacilitator facilitator,
                String tool,
                String planId,
                long credits,
                @Nullable X402AccessToken token,
                boolean breaks) {
            NeverminedRail rail = NeverminedRail.builder(facilitator, GuardVectors::scheme, KEY)
                    .deliveryPolicy(DeliveryPolicy.DELIVER_ALWAYS)
                    .tool(tool, ToolPlan.of(planId))
                    .build();
            ToolRegistry tools = ToolRegistry.of(ToolDeclaration.builder(tool)
                    .spend(SpendRule.fixed(credits))
                    .withoutEvidence()
                    .build());
            ToolOutcome<String> outcome = rail.guard(token, tools)
                    .build()
                    .call(ToolCall.of(tool, "call", JsonObject.of(Map.of())), call -> {
                        if (breaks) {
                            throw new IllegalArgumentException("tool broke");
                        }
                        return "result";
                    });
            return new Run(facilitator, rail, outcome);
        }
    }

    private static PaymentScheme scheme(String planId) {
        return PaymentScheme.crypto(NeverminedEnvironment.LIVE);
    }

    private static void langChain(JsonObject entry) {
        String name = text(entry, "name");
        if (name.contains("2.5")) {
            throw new Departure("credits are whole numbers, and the network of a plan is looked up");
        }
        Run run = called(entry, name);
        boolean raises =
                entry.object("outcome").filter(outcome -> outcome.has("raised")).isPresent();
        requireEqual(!raises, run.outcome().isExecuted());
        boolean otherNetwork =
                !networkOf(calls(entry).get(0)).equals(scheme("1").network());
        if (otherNetwork) {
            throw new Departure("the network is the environment's, not the test chain");
        }
    }

    private static void strands(JsonObject entry) {
        Run run = called(entry, text(entry, "name"));
        boolean succeeds = text(object(entry, "outcome"), "status").equals("success");
        requireEqual(succeeds, run.outcome().isExecuted());
        demanded(entry)
                .ifPresent(json -> requireEqual(
                        PaymentRequired.read(json).map(PaymentRequired::toJson).orElse(null),
                        run.rail()
                                .requirement("s1")
                                .map(PaymentRequired::toJson)
                                .orElse(null)));
    }

    private static Optional<JsonObject> demanded(JsonObject entry) {
        return object(entry, "outcome").array("content").stream()
                .flatMap(JsonArray::objectItems)
                .flatMap(item -> item.object("json").stream())
                .findFirst();
    }

    private static Run called(JsonObject entry, String name) {
        List<List<JsonValue>> calls = calls(entry);
        boolean noToken = name.startsWith("no token");
        ScriptedFacilitator facilitator = ScriptedFacilitator.good();
        if (name.startsWith("verify throws")) {
            facilitator = facilitator.verifyThrows();
        }
        if (name.startsWith("settle returns")) {
            facilitator = facilitator.settling(object(entry, "last_settlement"));
        }
        JsonObject asked = calls.isEmpty()
                ? JsonObject.of(Map.of())
                : (JsonObject) calls.get(0).get(1);
        Run run = Run.of(
                facilitator,
                asked.string("resource_url").orElse("s1"),
                "pl-crypto",
                Long.parseLong(asked.string("maxAmount").orElse("1")),
                noToken ? null : TOKEN,
                name.startsWith("tool"));
        requireSameCalls(calls, run.asked());
        return run;
    }

    private static List<List<JsonValue>> calls(JsonObject entry) {
        return entry.array("calls").orElseThrow().items().stream()
                .map(call -> ((JsonArray) call).items())
                .toList();
    }

    private static String networkOf(List<JsonValue> call) {
        return ((JsonObject) call.get(1)).string("network").orElse("");
    }

    private static void requireSameCalls(List<List<JsonValue>> calls, ScriptedFacilitator asked) {
        requireEqual(calls.stream().filter(call -> isNamed(call, "verify")).count(), asked.verified.size());
        requireEqual(calls.stream().filter(call -> isNamed(call, "settle")).count(), asked.settled.size());
        for (List<JsonValue> call : calls) {
            JsonObject expected = (JsonObject) call.get(1);
            JsonObject given = isNamed(call, "verify") ? asked.verified.get(0) : asked.settled.get(0);
            requireEqual(expected.get("maxAmount"), given.get("maxAmount"));
            requireEqual(expected.get("agentRequestId"), given.get("agentRequestId"));
            expected.string("resource_url")
                    .ifPresent(url -> requireEqual(
                            url,
                            object(object(given, "paymentRequired"), "resource").get("url")));
        }
    }

    private static boolean isNamed(List<JsonValue> call, String name) {
        return call.get(0).equals(new JsonString(name));
    }

    private static void typeScript(JsonObject entry) {
        ScriptedFacilitator facilitator = ScriptedFacilitator.good();
        Optional<JsonObject> verification = entry.object("verify").filter(answer -> answer.has("isValid"));
        if (verification.isPresent()) {
            facilitator = facilitator.verifying(verification.get());
        }
        if (text(entry, "name").equals("settle throws")) {
            facilitator = facilitator.settleThrows();
        }
        long credits = entry.object("settle")
                .flatMap(settle -> settle.string("maxAmount"))
                .map(Long::parseLong)
                .orElse(1L);
        boolean noToken = text(entry, "name").equals("no token");
        Run run = Run.of(facilitator, "insight", "plan-123", credits, noToken ? null : TOKEN, false);
        requireEqual(entry.has("result"), run.outcome().isExecuted());
        entry.integer("verify_calls")
                .ifPresent(count -> requireEqual(count, run.asked().verified.size()));
        entry.integer("settle_calls")
                .ifPresent(count -> requireEqual(count, run.asked().settled.size()));
        if (entry.has("lastSettlement")) {
            requireEqual(true, receipt(run).flatMap(run.rail()::receiptOf).isEmpty());
        }
        entry.object("settle")
                .ifPresent(settle -> requireEqual(
                        settle.get("maxAmount"), run.asked().settled.get(0).get("maxAmount")));
    }

    private static Optional<CallReceipt> receipt(Run run) {
        return run.outcome() instanceof ToolOutcome.Executed<String> executed
                ? Optional.of(executed.receipt())
                : Optional.empty();
    }

    private static void abbreviation(JsonObject entry) {
        @Nullable String given;
        try {
            given = X402AccessToken.of(entry.string("in").orElse(null)).abbreviated();
        } catch (NeverminedException e) {
            given = null;
        }
        requireEqual(entry.get("out"), given);
    }
}
